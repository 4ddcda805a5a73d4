package io.github.linfhash.data.readers;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.LabelledImages;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    public static LabelledImages read(Path location, Progress progress) {
        return read(location, Cifar10Layout.OFFICIAL, progress);
    }

    static LabelledImages read(Path location, Cifar10Layout layout, Progress progress) {
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
}
