package io.github.linfhash.io.files;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps what was computed in files whose names carry a hash of all that decides it, each with a seal, so that a file is
 * either exactly what is asked for or not used.
 *
 * @param folder where the files are
 */
public record SealedCache(Path folder) {
    /** The most bytes that a folder keeps. The files that were not used for the longest time go first. */
    static final long MOST_BYTES = 256L << 20;

    /** Computes what is not kept yet. */
    @FunctionalInterface
    public interface Computation<T> {
        T compute() throws IOException;
    }

    /** Reads what was kept. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Path file) throws IOException;
    }

    /** Writes what is to be kept, whole or not at all. */
    @FunctionalInterface
    public interface Writer<T> {
        void write(Path file, T value) throws IOException;
    }

    /**
     * The kind of value that is kept, and how it is read and written.
     *
     * @param kind begins the file's name: lower-case letters
     * @param what it is called in messages, in the plural
     */
    public record Form<T>(String kind, String what, Reader<T> reader, Writer<T> writer) {}

    /**
     * A value: read if it is there and undamaged, computed and kept if not.
     *
     * @param content all that decides it, as a text: what it is computed of, every parameter and the code
     * @throws IOException if what is kept cannot be read
     */
    public <T> T get(Form<T> form, String content, Computation<T> computation, Progress progress) throws IOException {
        Path file = folder.resolve(form.kind + "-" + Digests.sha256(content).substring(0, 32) + ".npy");
        Optional<T> kept = kept(file, form, progress);
        if (kept.isPresent()) {
            return kept.get();
        }
        T computed = computation.compute();
        keep(file, form, computed, progress);
        return computed;
    }

    /** A cache on a full or read-only disk costs time, not the result. */
    private <T> void keep(Path file, Form<T> form, T value, Progress progress) {
        try {
            AtomicFiles.deleteLeftovers(folder);
            form.writer.write(file, value);
            FileSeal.put(file);
            CacheLimit.apply(folder, Math.max(MOST_BYTES, 2 * Files.size(file)));
        } catch (IOException e) {
            progress.note(file + " could not be kept (" + FileFailure.reason(e) + "): the " + form.what
                    + " will be computed again");
        }
    }

    private static <T> Optional<T> kept(Path file, Form<T> form, Progress progress) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!FileSeal.holds(file)) {
            progress.note(
                    file + " is not as it was kept (its checksum differs): the " + form.what + " are computed again");
            return Optional.empty();
        }
        T value = form.reader.read(file);
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // It may be read by those who may not write here; it then counts as unused.
            return Optional.of(value);
        }
        return Optional.of(value);
    }
}
