package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.shell.NumberList;
import picocli.CommandLine.Option;

/** The option that says how much is computed at once. */
final class WorkersOption {
    private static final int MOST = 1024;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Number of runs computed in parallel (default: number of cores).")
    private int workers = Runtime.getRuntime().availableProcessors();

    /**
     * The number.
     *
     * @throws InputException if it is out of range
     */
    int count() {
        NumberList.requireWithin("--workers", workers, 1, MOST);
        return workers;
    }
}
