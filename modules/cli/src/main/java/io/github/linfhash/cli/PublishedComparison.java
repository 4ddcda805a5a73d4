package io.github.linfhash.cli;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.claims.ClaimTests;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.claims.ClaimsFile;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.schema.SameRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The published tables and sentences that a report compares with results.
 *
 * @param tables the published tables of the paper
 * @param sentences its testable sentences
 * @param stored the folder of the results that linfhash comes with
 */
record PublishedComparison(PublishedTables tables, ClaimsFile sentences, Path stored) {
    static PublishedComparison read(ProjectHome home) throws IOException {
        return new PublishedComparison(
                PublishedTables.read(home.published()),
                StrictReader.read(home.claims(), ClaimsFile.class),
                home.results());
    }

    /**
     * Returns the verdicts on the paper's sentences; empty if none of its tables is about these data, because then they
     * mean nothing ({@code linfhash paper claims} tests them all the same). Stored results that the claims name for this protocol decide in
     * the place of the evidence, so that a report of one tuning run does not leave open what five have decided.
     *
     * @param evidence as {@link ClaimTests#of} takes it
     */
    List<ClaimResult> verdicts(List<Evidence> evidence, Progress progress) throws IOException {
        Results results = evidence.get(0).results();
        if (tables.beside(results.protocol()).cells().isEmpty()) {
            return List.of();
        }
        try (Progress.Task task = progress.begin("testing the paper's claims", 1)) {
            List<Evidence> deciding = deciding(results);
            List<String> names = deciding.stream()
                    .map(one -> one.results().protocol().name())
                    .toList();
            List<ClaimResult> verdicts = ClaimTests.of(sentences, deciding.isEmpty() ? evidence : deciding).stream()
                    .map(verdict -> verdict.ofStored(names))
                    .toList();
            task.advance(1);
            return verdicts;
        }
    }

    /** The stored results that decide the claims for a report of these; none where one is missing or has other rules or data. */
    private List<Evidence> deciding(Results results) throws IOException {
        List<Evidence> deciding = new ArrayList<>();
        for (String name : sentences.decidedBy(results.protocol().name())) {
            Path folder = stored.resolve(name);
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            Results read = ResultsJson.read(ResultsJson.file(folder));
            if (!SameRules.hold(results, read)) {
                return List.of();
            }
            deciding.add(Evidence.of(read, folder));
        }
        return deciding;
    }
}
