package io.github.linfhash.data.readers;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.readers.Cifar10Reader.Cifar10Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** CIFAR-10 with one record a batch, for tests of other packages. */
public final class SmallCifar10 {
    /** The name of the archive. */
    public static final String ARCHIVE = Cifar10Layout.ARCHIVE;

    private static final Cifar10Layout LAYOUT = new Cifar10Layout(1);

    private SmallCifar10() {}

    /** Reads a folder or an archive. */
    public static void read(Path location) {
        Cifar10Reader.read(location, LAYOUT, Progress.NONE);
    }

    /** All files by name. */
    public static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(Cifar10Layout.NAMES, Cifar10Samples.NAMES.getBytes(StandardCharsets.UTF_8));
        for (int batch = 0; batch < Cifar10Layout.BATCHES.size(); batch++) {
            files.put(
                    Cifar10Layout.BATCHES.get(batch), Arrays.copyOf(Cifar10Samples.batch(batch), LAYOUT.batchBytes()));
        }
        return files;
    }

    /** The archive before it is compressed. */
    public static byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            Cifar10Samples.addAll(tar, files());
        }
        return bytes.toByteArray();
    }
}
