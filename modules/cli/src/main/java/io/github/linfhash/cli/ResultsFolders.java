package io.github.linfhash.cli;

import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.reports.ranking.SubmittedResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        return SubmittedResults.readAll(results.isEmpty() ? List.of(home.results()) : results);
    }

    static List<Path> files(List<SubmittedResults> given) {
        return given.stream().map(SubmittedResults::file).toList();
    }
}
