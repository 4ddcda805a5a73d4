package io.github.linfhash.results.schema;

import io.github.linfhash.io.program.ProgramVersion;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import io.github.linfhash.results.schema.Results.QueryValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Results with the values of single queries behind them, as intervals and tests need them.
 *
 * @param results means over the queries, by seed
 * @param queries the values behind them
 */
public record Evidence(Results results, QueryValues queries) {
    /** Results of which no single queries are known. */
    public static Evidence without(Results results) {
        return new Evidence(results, QueryValues.NONE);
    }

    /** The folder of all variants of the results in a folder. */
    public static Path variants(Path results) {
        return results.resolve("variants");
    }

    /** Results with the values of single queries that lie in a folder, or beside small results those of their first number. */
    public static Evidence of(Results results, Path folder) {
        QueryValues files = new QueryFiles(folder, results.protocol().sizes().queries());
        Path file = ResultsJson.in(folder).orElse(folder.resolve(ResultsJson.FILE));
        return new Evidence(
                results, files.or(PackedQueryMetrics.beside(file, PackedQueryMetrics.read(folder, results))));
    }

    /**
     * A results.json and the variants beside it that the same code made by the same rules: others are of an earlier run.
     *
     * @param named the file, or the folder that it is in
     * @param leftOut gets a sentence for each of the others
     * @throws io.github.linfhash.core.errors.InputException if a file is no results.json
     */
    public static List<Evidence> read(Path named, Consumer<String> leftOut) throws IOException {
        Path file = ResultsJson.file(named);
        Path folder = file.toAbsolutePath().resolveSibling("");
        Results results = ResultsJson.read(file);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(of(results, folder));
        for (Path variant : heldVariants(variants(folder))) {
            Path other = variant.resolve(ResultsJson.FILE);
            Results read = ResultsJson.read(other);
            Optional<String> difference = difference(results, read);
            if (difference.isEmpty()) {
                evidence.add(of(read, variant));
            } else {
                leftOut.accept(other + " is left out, as it does not belong to " + file + ": " + difference.get());
            }
        }
        return evidence;
    }

    private static List<Path> heldVariants(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(variant -> Files.isRegularFile(variant.resolve(ResultsJson.FILE)))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<String> difference(Results results, Results variant) {
        return SameRules.hold(results, variant)
                ? difference(results.environment(), variant.environment())
                : Optional.of("expected the same rules, data and features, found others");
    }

    private static Optional<String> difference(EnvironmentSummary results, EnvironmentSummary variant) {
        String commit = results.commit();
        if (!results.version().equals(variant.version()) || !commit.equals(variant.commit())) {
            return Optional.of("expected the code of version " + results.version() + ", commit " + commit + ", found "
                    + "version " + variant.version() + ", commit " + variant.commit());
        }
        return ProgramVersion.isExact(commit)
                ? Optional.empty()
                : Optional.of("expected a commit that identifies the code of both, found " + commit
                        + " in both, which may stand for different code; run both again");
    }
}
