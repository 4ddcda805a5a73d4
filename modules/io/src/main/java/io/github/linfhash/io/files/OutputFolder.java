package io.github.linfhash.io.files;

import io.github.linfhash.codes.files.ProcessLock;
import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
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
    /** The name of the folder of finished runs. */
    public static final String RUNS = "runs";

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
    public Path runs() {
        return path.resolve(RUNS);
    }

    /** Lets others use the folder. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
