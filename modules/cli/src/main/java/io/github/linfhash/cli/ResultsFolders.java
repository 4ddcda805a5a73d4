package io.github.linfhash.cli;

import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.runner.EvidenceFiles;
import io.github.linfhash.results.schema.PackedQueryMetrics;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.tasks.ranking.SubmittedResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names folders of results. */
final class ResultsFolders {
    @Option(
            names = "--results",
            paramLabel = "DIR",
            arity = "1..*",
            description = "Results folders of 'run' and 'task score', or folders that contain them (default:"
                    + " reports/results of linfhash).")
    private List<Path> results = new ArrayList<>();

    /** Reads them, with the values of single queries. */
    List<SubmittedResults> read(ProjectHome home) throws IOException {
        return SubmittedResults.readAll(results.isEmpty() ? List.of(home.results()) : results).stream()
                .map(ResultsFolders::withQueries)
                .toList();
    }

    /** Values of single queries are as run keeps them, unless they are in the small form already, whose rounding both have. */
    private static SubmittedResults withQueries(SubmittedResults one) {
        if (one.queries().isPresent()) {
            return one;
        }
        Path folder = Objects.requireNonNull(one.file().toAbsolutePath().getParent());
        QueryValues values = EvidenceFiles.of(one.results(), folder).queries();
        Optional<PackedQueryMetrics> small = PackedQueryMetrics.of(one.results(), values);
        return one.with(small, small.map(first -> first.or(values)).orElse(values));
    }

    static List<Path> files(List<SubmittedResults> given) {
        return given.stream().map(SubmittedResults::file).toList();
    }
}
