package io.github.linfhash.cli;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.shell.ExitCodes;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The report of runs that failed. */
final class FailedRuns {
    private FailedRuns() {}

    /** Names each on standard error; gives the exit code that follows. */
    static int report(Results results, CommandSpec spec) {
        List<RunResult> failed =
                results.runs().stream().filter(RunResult::failed).toList();
        failed.forEach(
                run -> spec.commandLine().getErr().println("linfhash: " + run.key() + " failed: " + run.failure()));
        return failed.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
