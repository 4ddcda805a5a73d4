package io.github.linfhash.data.readers;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.input.BoundedInputStream;

/** Reads the binary version of CIFAR-10, unpacked or as the official archive. */
public final class Cifar10Reader {
    private Cifar10Reader() {}

    /**
     * Reads all 60,000 images, 32 x 32 in red, green and blue: the records of data_batch_1 to data_batch_5, then those
     * of test_batch, each in the order of its file.
     *
     * @param location the folder {@code cifar-10-batches-bin}, or the archive {@code cifar-10-binary.tar.gz}, or a
     *     folder that holds one of them (the unpacked folder is preferred)
     * @throws InputException if there is neither, or a file is missing, too short, too long or otherwise not as the
     *     format says
     */
    public static LabeledImages read(Path location, Progress progress) {
        return read(location, Cifar10Layout.OFFICIAL, progress);
    }

    static LabeledImages read(Path location, Cifar10Layout layout, Progress progress) {
        Path source = find(location);
        Cifar10Content content = new Cifar10Content(layout);
        try (Progress.Task task = progress.begin("reading CIFAR-10", layout.images())) {
            if (Files.isDirectory(source)) {
                readFolder(source, layout, content, task);
            } else {
                new Cifar10Archive(source, layout).readInto(content, task);
            }
        }
        return content.toImages();
    }

    private static Path find(Path location) {
        if (Files.isRegularFile(location)) {
            return location;
        }
        if (Files.isDirectory(location.resolve(Cifar10Layout.FOLDER))) {
            return location.resolve(Cifar10Layout.FOLDER);
        }
        if (Files.isRegularFile(location.resolve(Cifar10Layout.ARCHIVE))) {
            return location.resolve(Cifar10Layout.ARCHIVE);
        }
        if (isBatchFolder(location)) {
            return location;
        }
        throw new InputException(location + " holds no CIFAR-10: expected the folder " + Cifar10Layout.FOLDER
                + " or the file " + Cifar10Layout.ARCHIVE + ", found neither");
    }

    private static boolean isBatchFolder(Path folder) {
        return Files.isDirectory(folder) && (folder.endsWith(Cifar10Layout.FOLDER) || holdsBatches(folder));
    }

    private static boolean holdsBatches(Path folder) {
        return Cifar10Layout.BATCHES.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    private static void readFolder(Path folder, Cifar10Layout layout, Cifar10Content content, Progress.Task task) {
        try (StrictInput names = StrictInput.open(folder.resolve(Cifar10Layout.NAMES))) {
            Cifar10Content.checkNames(names);
        }
        for (String name : Cifar10Layout.BATCHES) {
            checkSize(folder.resolve(name), layout);
        }
        for (int batch = 0; batch < Cifar10Layout.BATCHES.size(); batch++) {
            try (StrictInput in = StrictInput.open(folder.resolve(Cifar10Layout.BATCHES.get(batch)))) {
                content.readBatch(batch, in, task);
            }
        }
    }

    /** Finds a file of the wrong size before any file is read. */
    private static void checkSize(Path file, Cifar10Layout layout) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) != layout.batchBytes()) {
                throw new InputException(file + " has a wrong size: expected " + layout.batchBytes() + " bytes ("
                        + layout.batchDescription() + "), found " + Files.size(file));
            }
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + StrictInput.reason(e), e);
        }
    }

    /**
     * The archive cifar-10-binary.tar.gz, read as a stream.
     *
     * <p>Nothing is unpacked to disk. Only the official members are accepted, under their exact names and sizes, each once,
     * so neither a path nor a size in the archive is ever trusted; what the archive may grow to is bounded as well.
     *
     * @param file the archive
     */
    private record Cifar10Archive(Path file, Cifar10Layout layout) {
        private static final String PREFIX = Cifar10Layout.FOLDER + "/";

        /** Room for tar headers, padding and the small files. */
        private static final long OVERHEAD = 1 << 20;

        void readInto(Cifar10Content content, Progress.Task task) {
            Set<String> seen = new HashSet<>();
            try (InputStream unpacked = bounded(StrictInput.gunzip(file));
                    TarArchiveInputStream tar = new TarArchiveInputStream(unpacked)) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    if (!isFolder(entry)) {
                        readMember(memberName(entry, seen), entry, tar, new Target(content, task));
                    }
                }
                // The rest is read as well, since the checksum that proves it whole comes last.
                unpacked.transferTo(OutputStream.nullOutputStream());
            } catch (IOException | IllegalArgumentException e) {
                throw damaged(e);
            }
            requireAll(seen);
        }

        private record Target(Cifar10Content content, Progress.Task task) {}

        private InputStream bounded(InputStream unpacked) throws IOException {
            long limit = (long) layout.batchBytes() * Cifar10Layout.BATCHES.size() + OVERHEAD;
            return BoundedInputStream.builder()
                    .setInputStream(unpacked)
                    .setMaxCount(limit)
                    .setOnMaxCount((max, count) -> {
                        throw new InputException(
                                file + " is too long: expected at most " + limit + " unpacked bytes, found more");
                    })
                    .get();
        }

        private static boolean isFolder(TarArchiveEntry entry) {
            return entry.isDirectory() && entry.getName().equals(PREFIX);
        }

        private String memberName(TarArchiveEntry entry, Set<String> seen) {
            String name = entry.getName().startsWith(PREFIX) ? entry.getName().substring(PREFIX.length()) : "";
            boolean known = Cifar10Layout.BATCHES.contains(name)
                    || name.equals(Cifar10Layout.NAMES)
                    || name.equals(Cifar10Layout.README);
            if (!known) {
                throw new InputException(file + " has an unexpected member: expected only the CIFAR-10 files under "
                        + PREFIX + ", found '" + Excerpt.of(entry.getName()) + "'");
            }
            if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink()) {
                throw new InputException(
                        file + " has a wrong member: expected a plain file, found a link or special file '"
                                + entry.getName() + "'");
            }
            if (!seen.add(name)) {
                throw new InputException(
                        file + " has a duplicate member: expected '" + entry.getName() + "' once, found it twice");
            }
            return name;
        }

        private void readMember(String name, TarArchiveEntry entry, InputStream tar, Target target) {
            StrictInput in = StrictInput.part(file + "!/" + entry.getName(), tar, entry.getSize());
            int batch = Cifar10Layout.BATCHES.indexOf(name);
            if (batch >= 0) {
                if (entry.getSize() != layout.batchBytes()) {
                    throw new InputException(in.name() + " has a wrong size: expected " + layout.batchBytes()
                            + " bytes (" + layout.batchDescription() + "), found " + entry.getSize());
                }
                target.content().readBatch(batch, in, target.task());
            } else if (name.equals(Cifar10Layout.NAMES)) {
                Cifar10Content.checkNames(in);
            } else {
                in.readRest(Cifar10Layout.SMALL_FILE_LIMIT);
            }
        }

        private void requireAll(Set<String> seen) {
            if (!seen.contains(Cifar10Layout.NAMES)) {
                throw missing(Cifar10Layout.NAMES);
            }
            for (String batch : Cifar10Layout.BATCHES) {
                if (!seen.contains(batch)) {
                    throw missing(batch);
                }
            }
        }

        private InputException missing(String name) {
            return new InputException(
                    file + " lacks a member: expected '" + PREFIX + name + "', found the end of the archive");
        }

        private InputException damaged(Exception e) {
            String reason = e instanceof IOException io ? StrictInput.reason(io) : "a tar header that makes no sense";
            return new InputException(
                    file + " is damaged or cut short: expected a complete gzip-compressed tar archive, found a fault ("
                            + reason + ")",
                    e);
        }
    }
}
