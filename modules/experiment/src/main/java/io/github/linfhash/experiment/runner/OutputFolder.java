package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.FileFailure;
import io.github.linfhash.io.files.FileSeal;
import io.github.linfhash.io.files.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that a comparison or an advice is written to, for one process alone: two at once would mix their reports and
 * compute everything twice.
 *
 * <p>Whoever opens it knows before the long part that it can be written. What a killed process has left half written is
 * deleted.
 */
public final class OutputFolder implements AutoCloseable {
    private static final String LOCK = ".lock";
    static final String RUNS = "runs";

    private final Path path;
    private final ProcessLock lock;

    private OutputFolder(Path path, ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens the folder of a comparison; it is made if it is missing, with a folder for finished runs.
     *
     * @throws InputException if it cannot be written, or another process has it open
     */
    public static OutputFolder open(Path path) {
        return open(path, path.resolve(RUNS));
    }

    /**
     * Opens a folder for files alone; it is made if it is missing.
     *
     * @throws InputException if it cannot be written, or another process has it open
     */
    public static OutputFolder openForFiles(Path path) {
        return open(path, path);
    }

    private static OutputFolder open(Path path, Path made) {
        Path file = path.resolve(LOCK);
        try {
            AtomicFiles.makeFolders(made);
            ProcessLock lock = ProcessLock.tryAcquire(file).orElseThrow(() -> inUse(path, file));
            try {
                AtomicFiles.deleteLeftovers(path);
            } catch (IOException e) {
                lock.close();
                throw e;
            }
            return new OutputFolder(path, lock);
        } catch (IOException e) {
            throw new InputException("output folder " + path + " cannot be written: " + FileFailure.reason(e), e);
        }
    }

    private static InputException inUse(Path path, Path file) {
        String holder;
        try {
            holder = ProcessLock.holder(file);
        } catch (IOException e) {
            holder = "another process (" + FileFailure.reason(e) + ")";
        }
        return new InputException("output folder " + path + " is used by " + holder
                + "; wait until it ends, or choose another folder with --out");
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The folder of the finished runs. */
    Path runs() {
        return path.resolve(RUNS);
    }

    /** Lets others use the folder. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** What an output folder keeps of its runs: sealed files. */
    static final class KeptFiles {
        /** For a run that the command was asked for. */
        static final String COMPUTED_AGAIN = "computed again";

        /** For a run that would only be shown along. */
        static final String LEFT_OUT = "left out";

        private KeptFiles() {}

        /**
         * Whether a file is there as it was kept. A damaged one costs one run, not the comparison; what is written next
         * replaces it.
         *
         * @param progress where it is said that the file is damaged
         * @param consequence what that leads to: {@link #COMPUTED_AGAIN} or {@link #LEFT_OUT}
         */
        static boolean intact(Path file, Progress progress, String consequence) throws IOException {
            if (!Files.exists(file)) {
                return false;
            }
            boolean intact = FileSeal.holds(file);
            if (!intact) {
                progress.note(
                        file + " has changed since it was written (its checksum differs): the run is " + consequence);
            }
            return intact;
        }
    }
}
