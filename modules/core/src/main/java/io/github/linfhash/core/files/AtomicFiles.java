package io.github.linfhash.core.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes whole files or none: the content goes to a temporary name beside the target, which is then renamed. */
public final class AtomicFiles {
    /** A temporary name: the target's, the process that writes it, and what no other file has. */
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.(\\d{1,18})\\.[0-9a-f-]{36}\\.part");

    private AtomicFiles() {}

    /** Writes the content of a file to a buffered stream, which it need not close. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces {@code target} by the given content; missing folders are made.
     *
     * @throws IOException if writing fails; the target is then as it was before
     */
    public static void write(Path target, Content content) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        // Before JDK 20, createDirectories refuses a folder that is a symbolic link.
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        // Not createTempFile, whose files only their owner may read.
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + "." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(naming(target, open(temporary)), 1 << 16)) {
                content.writeTo(out);
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The same output, which names the file in what goes wrong. */
    static OutputStream naming(Path target, OutputStream out) {
        return new NamedOutput(target, out);
    }

    private static OutputStream open(Path temporary) throws IOException {
        return Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW);
    }

    /** Replaces {@code target} by a text in UTF-8. */
    public static void write(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Deletes what processes that were killed while they wrote have left in a folder and the folders below. What a living
     * process writes stays.
     *
     * @param folder where to look; nothing happens if it does not exist
     */
    public static void deleteLeftovers(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> temporary;
        try (Stream<Path> files = Files.walk(folder)) {
            temporary = files.filter(AtomicFiles::isTemporary).toList();
        }
        for (Path file : temporary) {
            if (isLeftover(file)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isTemporary(Path file) {
        return TEMPORARY.matcher(file.getFileName().toString()).matches();
    }

    /** The process is gone, or its number is now that of one that started later. */
    private static boolean isLeftover(Path file) throws IOException {
        Matcher name = TEMPORARY.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(name.group(1)));
        if (process.isEmpty()) {
            return true;
        }
        Instant written = Files.getLastModifiedTime(file).toInstant();
        return process.get().info().startInstant().map(written::isBefore).orElse(false);
    }

    /** Names the file in what goes wrong while writing, as a full disk, which the system's own message does not do. */
    private static final class NamedOutput extends OutputStream {
        private final Path target;
        private final OutputStream out;

        NamedOutput(Path target, OutputStream out) {
            this.target = target;
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                throw FileFailure.named(target, e);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
