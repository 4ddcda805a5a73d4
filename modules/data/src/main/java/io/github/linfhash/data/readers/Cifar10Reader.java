package io.github.linfhash.data.readers;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
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

    /** The images being read, in the order of {@link Cifar10Layout#BATCHES} whatever the order in which they come. */
    private static final class Cifar10Content {
        private final Cifar10Layout layout;
        private final byte[] values;
        private final int[] labels;

        Cifar10Content(Cifar10Layout layout) {
            this.layout = layout;
            this.values = new byte[layout.images() * Cifar10Layout.SHAPE.values()];
            this.labels = new int[layout.images()];
        }

        /** Reads one whole batch file. */
        void readBatch(int batch, StrictInput in, Progress.Task task) {
            String expected = layout.batchDescription();
            int length = Cifar10Layout.SHAPE.values();
            byte[] label = new byte[1];
            for (int record = 0; record < layout.recordsPerBatch(); record++) {
                int image = batch * layout.recordsPerBatch() + record;
                in.read(label, 0, 1, expected);
                labels[image] = checkedLabel(label[0] & 0xff, record, in);
                in.read(values, image * length, length, expected);
                task.advance(1);
            }
            in.expectEnd(expected);
        }

        private static int checkedLabel(int label, int record, StrictInput in) {
            if (label >= Cifar10Layout.CLASSES.size()) {
                throw new InputException(
                        in.name() + " has a wrong label in record " + record + " (counted from 0): expected 0 to "
                                + (Cifar10Layout.CLASSES.size() - 1) + ", found " + label);
            }
            return label;
        }

        /** Checks the file of class names: the ten names of CIFAR-10, one a line, then nothing but empty lines. */
        static void checkNames(StrictInput in) {
            String text = new String(in.readRest(Cifar10Layout.SMALL_FILE_LIMIT), StandardCharsets.UTF_8);
            List<String> found = text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            List<String> expected = Cifar10Layout.CLASSES;
            for (int line = 0; line < Math.min(found.size(), expected.size()); line++) {
                if (!found.get(line).equals(expected.get(line))) {
                    throw new InputException(in.name() + " has a wrong class name: expected '" + expected.get(line)
                            + "' as name " + line + ", found '" + Excerpt.of(found.get(line)) + "'");
                }
            }
            if (found.size() != expected.size()) {
                throw new InputException(in.name() + " has a wrong length: expected " + expected.size()
                        + " class names, found " + found.size());
            }
        }

        LabeledImages toImages() {
            return LabeledImages.owning(Cifar10Layout.SHAPE, values, ClassLabels.of(labels), Cifar10Layout.CLASSES);
        }
    }

    /**
     * The files of CIFAR-10's binary version: six batches of records, each one label byte and 3,072 values (red, green and
     * blue planes of 32 x 32), and a list of class names. Source: Krizhevsky,
     * <a href="https://www.cs.toronto.edu/~kriz/cifar.html">https://www.cs.toronto.edu/~kriz/cifar.html</a>.
     *
     * @param recordsPerBatch 10,000 in the official files
     */
    record Cifar10Layout(int recordsPerBatch) {
        static final Cifar10Layout OFFICIAL = new Cifar10Layout(10_000);

        static final String FOLDER = "cifar-10-batches-bin";
        static final String ARCHIVE = "cifar-10-binary.tar.gz";
        static final String NAMES = "batches.meta.txt";
        static final String README = "readme.html";
        static final int SMALL_FILE_LIMIT = 1 << 16;

        static final List<String> BATCHES = List.of(
                "data_batch_1.bin",
                "data_batch_2.bin",
                "data_batch_3.bin",
                "data_batch_4.bin",
                "data_batch_5.bin",
                "test_batch.bin");
        static final List<String> CLASSES =
                List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
        static final ImageShape SHAPE = new ImageShape(32, 32, 3);

        int recordBytes() {
            return 1 + SHAPE.values();
        }

        int batchBytes() {
            return recordsPerBatch * recordBytes();
        }

        int images() {
            return recordsPerBatch * BATCHES.size();
        }

        /** Describes the expected content of a batch file, for messages. */
        String batchDescription() {
            return recordsPerBatch + " records of " + recordBytes() + " bytes";
        }
    }
}
