package io.github.linfhash.codes.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A file or a folder under a temporary name until it is whole. It is deleted if it gets no other name: when it is closed, and when the process is told to
 * end (SIGTERM, Ctrl-C) while it is written.
 */
public final class Temporary implements AutoCloseable {
    private static final long END_MILLIS = 1000;

    private final Path file;
    private final Thread atExit = new Thread(this::end, "end of a temporary file");
    private boolean ended;

    /**
     * Names a file that is to be made.
     *
     * @param file must not exist
     */
    public Temporary(Path file) {
        this.file = file;
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            awaitEnd();
        }
    }

    /** The process ends already. If it still runs afterwards, it waits for whoever writes, such as an answer of what was measured. */
    private static void awaitEnd() {
        try {
            Thread.sleep(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The temporary name. */
    public Path path() {
        return file;
    }

    /** Makes a file at a path. */
    @FunctionalInterface
    public interface Creation {
        /**
         * Makes the file.
         *
         * @throws IOException if it cannot be made
         */
        FileChannel create(Path file) throws IOException;
    }

    /**
     * Makes the file.
     *
     * @throws FileSystemException if the process was told to end
     * @throws IOException if it cannot be made
     */
    public synchronized FileChannel create(Creation creation) throws IOException {
        requireRunning(file);
        return creation.create(file);
    }

    /**
     * Gives the file its name, in place of what has it.
     *
     * @param target in the same folder
     * @throws FileSystemException if the process was told to end
     * @throws IOException if it cannot be moved
     */
    public synchronized void moveTo(Path target) throws IOException {
        requireRunning(target);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void requireRunning(Path named) throws FileSystemException {
        if (ended) {
            throw new FileSystemException(named.toString(), null, "interrupted");
        }
    }

    private void delete() throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> inside = Files.walk(file)) {
                for (Path one : inside.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(one);
                }
            }
        } else {
            Files.deleteIfExists(file);
        }
    }

    private synchronized void end() {
        ended = true;
        try {
            delete();
        } catch (IOException e) {
            System.err.println(file + " is left: " + e.getMessage());
        }
    }

    /**
     * Deletes the file, or the folder with all that is in it, if it got no other name.
     *
     * @throws IOException if it cannot be deleted
     */
    @Override
    public void close() throws IOException {
        delete();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process ends, and the thread finds that nothing is left to do.
            assert !Files.exists(file);
        }
    }
}
