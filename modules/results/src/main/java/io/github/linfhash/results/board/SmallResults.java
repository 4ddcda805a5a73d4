package io.github.linfhash.results.board;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Results as a repository keeps them: every number and digest, without curves, packed. */
public final class SmallResults {
    private SmallResults() {}

    /** The same results without curves of training and by radius. */
    public static Results of(Results results) {
        return new Results(
                results.protocol(),
                results.environment(),
                results.runs().stream().map(SmallResults::withoutCurves).toList());
    }

    private static RunResult withoutCurves(RunResult run) {
        return run.with(run.metrics(), Map.of(), run.seconds());
    }

    /** What the folder of such results is called: the protocol and the version of its rules. */
    public static String folder(Results results) {
        RulesVersion version = RulesVersion.of(results);
        return SafeName.of(version.protocol()) + "-" + version.shortName();
    }

    /** Writes the small form, atomically, to a file whose name ends in .gz. */
    public static void write(Path file, Results results) throws IOException {
        ResultsJson.write(file, of(results));
    }
}
