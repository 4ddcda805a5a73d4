package io.github.linfhash.io.files;

import io.github.linfhash.codes.files.Temporary;
import io.github.linfhash.codes.files.WholeFile;
import io.github.linfhash.core.digest.Digests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole files or none: the content goes to a temporary name beside the target, is forced to the disk, and is then
 * renamed; the folder, which holds the name, is forced last. So after a power failure there is the old file or the new one,
 * and the new one if the call had returned. A symbolic link in the place of the target is replaced, not followed. The new file has the permissions
 * of the old one.
 */
public final class AtomicFiles {
    /** A temporary name: the target's, the process that writes it, the processes that this one sees, and what no other file has. */
    private static final Pattern TEMPORARY =
            Pattern.compile("\\..+?\\.(\\d{1,18})(?:\\.([0-9a-f]{12}))?\\.[0-9a-f-]{36}\\.part");

    /** No file is written so slowly that nothing is added to it for a day. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final String VISIBLE = visibleProcesses();

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
        write(target, content, part -> WholeFile.create(part, target));
    }

    /** Replaces {@code target} by a text in UTF-8 that only its owner may read, where the system has such permissions. */
    public static void writePrivate(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)), WholeFile::createPrivate);
    }

    private static void write(Path target, Content content, Temporary.Creation creation) throws IOException {
        // Not createTempFile, whose files only their owner may read.
        Path part = target.resolveSibling("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + VISIBLE + "." + UUID.randomUUID() + ".part");
        try (Temporary temporary = new Temporary(part)) {
            makeFolderOf(target);
            try (FileChannel channel = temporary.create(creation)) {
                OutputStream out = new BufferedOutputStream(naming(target, Channels.newOutputStream(channel)), 1 << 16);
                content.writeTo(out);
                out.flush();
                force(channel, target);
            }
            temporary.moveTo(target);
            forceNames(target.toAbsolutePath().getParent());
        }
    }

    /** Wraps an output so that its failures name the file. */
    static OutputStream naming(Path target, OutputStream out) {
        return new NamedOutput(target, out);
    }

    /** Replaces {@code target} by a text in UTF-8. */
    public static void write(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Replaces {@code target} by some bytes in gzip's form: equal bytes give equal files. */
    public static void writePacked(Path target, byte[] content) throws IOException {
        write(target, out -> {
            GZIPOutputStream packed = new GZIPOutputStream(out);
            packed.write(content);
            packed.finish();
        });
    }

    /**
     * Gives a file or a folder that is whole its name, in place of what has it, so that no power failure takes the name away.
     *
     * @param whole what is on the disk already, in the folder of the target
     */
    public static void move(Path whole, Path target) throws IOException {
        Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        forceNames(target.toAbsolutePath().getParent());
    }

    /** Makes a folder and those above that are missing, so that no power failure takes them away. */
    public static void makeFolders(Path folder) throws IOException {
        // Before JDK 20, createDirectories refuses a folder that is a symbolic link.
        if (!Files.isDirectory(folder)) {
            makeFolderOf(folder);
            Files.createDirectories(folder);
            forceNames(folder.toAbsolutePath().getParent());
        }
    }

    /** Makes the folder that a file is to be in. */
    public static void makeFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            makeFolders(folder);
        }
    }

    private static void forceNames(@Nullable Path folder) throws IOException {
        if (folder != null) {
            WholeFile.flushNames(folder);
        }
    }

    private static void force(FileChannel channel, Path file) throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw WholeFile.named(file, e);
        }
    }

    /**
     * Deletes what processes that were killed while they wrote have left in a folder and the folders below. What a living
     * process writes stays. The files of another machine, container or user, whose processes cannot be seen here, are deleted a day after
     * their last change.
     *
     * @param folder where to look; nothing happens if it does not exist
     */
    public static void deleteLeftovers(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new PresentFiles() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (isLeftover(file, attributes.lastModifiedTime().toInstant())) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Names the processes that this one sees, those of one user and of one boot of a machine, in one namespace of process numbers: a dot and
     * 12 hexadecimal digits. It is empty where the system does not tell: nobody's processes are then taken for dead.
     */
    private static String visibleProcesses() {
        try {
            // /proc may be that of another namespace, and then shows other processes by these numbers.
            Path self = Files.readSymbolicLink(Path.of("/proc/self"));
            if (!self.toString().equals(Long.toString(ProcessHandle.current().pid()))) {
                return "";
            }
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
            Path namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
            // Of the user too, as /proc may hide the processes of others.
            String all = boot + namespace + System.getProperty("user.name");
            return "." + Digests.sha256(all).substring(0, 12);
        } catch (IOException e) {
            // No Linux.
            return "";
        }
    }

    /** The process is gone, or its number is now that of one that started later; or it cannot be seen, and wrote nothing for a day. */
    private static boolean isLeftover(Path file, Instant written) {
        Matcher name = TEMPORARY.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        if (VISIBLE.isEmpty() || !VISIBLE.equals("." + name.group(2))) {
            return written.isBefore(Instant.now().minus(ABANDONED));
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(name.group(1)));
        return process.isEmpty()
                || process.get().info().startInstant().map(written::isBefore).orElse(false);
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
                throw WholeFile.named(target, e);
            }
        }

        /** Flushes and leaves the output below open, since it is to be forced to the disk. */
        @Override
        public void close() throws IOException {
            out.flush();
        }
    }

    /**
     * Returns how many bytes this program may still write at a path.
     *
     * @param path a file or a folder, which need not exist yet
     * @return the bytes; empty where the system does not tell, as in a chroot whose root is no mount point
     */
    public static OptionalLong freeSpace(Path path) {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            return OptionalLong.of(Files.getFileStore(there).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
