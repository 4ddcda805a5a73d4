package io.github.linfhash.data.readers;

import io.github.linfhash.data.readers.Cifar10Reader.Cifar10Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small data sets in the layout of CIFAR-10, four records a batch. */
final class Cifar10Samples {
    static final Cifar10Layout LAYOUT = new Cifar10Layout(4);
    static final String NAMES = "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

    private Cifar10Samples() {}

    /** The value at a place of an image; differs from image to image and from channel to channel. */
    static byte value(int image, int place) {
        return (byte) (image * 31 + place * 7 + place / 1024);
    }

    static int label(int image) {
        return (image * 3) % 10;
    }

    static byte[] batch(int batch) {
        byte[] bytes = new byte[4 * 3073];
        for (int record = 0; record < 4; record++) {
            int image = batch * 4 + record;
            bytes[record * 3073] = (byte) label(image);
            for (int place = 0; place < 3072; place++) {
                bytes[record * 3073 + 1 + place] = value(image, place);
            }
        }
        return bytes;
    }

    /** All files by name, in the order of the official archive, which is not the reading order. */
    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("data_batch_1.bin", batch(0));
        files.put("batches.meta.txt", NAMES.getBytes(StandardCharsets.UTF_8));
        files.put("data_batch_3.bin", batch(2));
        files.put("data_batch_4.bin", batch(3));
        files.put("test_batch.bin", batch(5));
        files.put("readme.html", "<p>".getBytes(StandardCharsets.UTF_8));
        files.put("data_batch_5.bin", batch(4));
        files.put("data_batch_2.bin", batch(1));
        return files;
    }

    static Path writeFolder(Path parent, Map<String, byte[]> files) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("cifar-10-batches-bin"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    /** Adds members to an archive. */
    interface Members {
        void addTo(TarArchiveOutputStream tar) throws IOException;
    }

    static Path writeArchive(Path parent, Members members) throws IOException {
        Path archive = parent.resolve("cifar-10-binary.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            members.addTo(tar);
        }
        return archive;
    }

    static Path writeArchive(Path parent, Map<String, byte[]> files) throws IOException {
        return writeArchive(parent, tar -> addAll(tar, files));
    }

    static void addAll(TarArchiveOutputStream tar, Map<String, byte[]> files) throws IOException {
        tar.putArchiveEntry(new TarArchiveEntry("cifar-10-batches-bin/"));
        tar.closeArchiveEntry();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            add(tar, "cifar-10-batches-bin/" + file.getKey(), file.getValue());
        }
    }

    static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
