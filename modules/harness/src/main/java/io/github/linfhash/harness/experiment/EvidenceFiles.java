package io.github.linfhash.harness.experiment;

import io.github.linfhash.reports.claims.ClaimEvidence;
import io.github.linfhash.reports.page.ReportWriter;
import io.github.linfhash.reports.results.EnvironmentSummary;
import io.github.linfhash.reports.results.Results;
import io.github.linfhash.reports.results.ResultsJson;
import io.github.linfhash.reports.results.SameRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What lies beside a results.json that claims are tested on: the values of single queries, and variants of its methods. */
public final class EvidenceFiles {
    private EvidenceFiles() {}

    /** Results with the values of single queries that lie in a folder. */
    public static ClaimEvidence of(Results results, Path folder) {
        return new ClaimEvidence(
                results, new QueryFiles(folder, results.protocol().sizes().queries()));
    }

    /**
     * A results.json and the variants beside it that the same code made by the same rules: others are of an earlier run.
     *
     * @throws io.github.linfhash.core.errors.InputException if a file is no results.json
     */
    public static List<ClaimEvidence> read(Path file) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Results results = ResultsJson.read(file);
        List<ClaimEvidence> evidence = new ArrayList<>();
        evidence.add(of(results, folder));
        for (Path variant : variants(Variants.folder(folder))) {
            Results read = ResultsJson.read(variant.resolve(ReportWriter.RESULTS));
            if (SameRules.hold(results, read) && sameCode(results.environment(), read.environment())) {
                evidence.add(of(read, variant));
            }
        }
        return evidence;
    }

    private static List<Path> variants(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(variant -> Files.isRegularFile(variant.resolve(ReportWriter.RESULTS)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean sameCode(EnvironmentSummary a, EnvironmentSummary b) {
        return a.version().equals(b.version()) && a.commit().equals(b.commit());
    }
}
