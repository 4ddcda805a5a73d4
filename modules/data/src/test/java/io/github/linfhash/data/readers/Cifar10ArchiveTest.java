package io.github.linfhash.data.readers;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;

import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Cifar10ArchiveTest {
    @TempDir
    Path parent;

    private final Map<String, byte[]> files = Cifar10Samples.files();

    private static void assertRefused(Path archive, String... parts) {
        assertOneSentence(() -> Cifar10Reader.read(archive, Cifar10Samples.LAYOUT, Progress.NONE), parts);
        assertOneSentence(() -> Cifar10Reader.read(archive, Cifar10Samples.LAYOUT, Progress.NONE), archive.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../evil.bin",
                "/etc/evil",
                "cifar-10-batches-bin/../data_batch_1.bin",
                "cifar-10-batches-bin/extra.bin",
                "data_batch_1.bin",
            })
    void refusesAMemberThatIsNotExpectedWhereverItWouldGo(String name) throws IOException {
        Path archive = Cifar10Samples.writeArchive(parent, tar -> {
            Cifar10Samples.addAll(tar, files);
            Cifar10Samples.add(tar, name, new byte[10]);
        });
        assertRefused(archive, "unexpected member", name);
    }

    @Test
    void refusesADuplicateMember() throws IOException {
        Path archive = Cifar10Samples.writeArchive(parent, tar -> {
            Cifar10Samples.addAll(tar, files);
            Cifar10Samples.add(tar, "cifar-10-batches-bin/data_batch_1.bin", Cifar10Samples.batch(0));
        });
        assertRefused(archive, "duplicate", "data_batch_1.bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data_batch_4.bin", "test_batch.bin", "batches.meta.txt"})
    void refusesAnArchiveThatLacksAMember(String name) throws IOException {
        files.remove(name);
        assertRefused(Cifar10Samples.writeArchive(parent, files), "lacks", name);
    }

    @Test
    void refusesALinkInPlaceOfAFile() throws IOException {
        files.remove("data_batch_1.bin");
        Path archive = Cifar10Samples.writeArchive(parent, tar -> {
            TarArchiveEntry link =
                    new TarArchiveEntry("cifar-10-batches-bin/data_batch_1.bin", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            Cifar10Samples.addAll(tar, files);
        });
        assertRefused(archive, "data_batch_1.bin", "link");
    }

    @Test
    void refusesAMemberOfAnotherSize() throws IOException {
        files.computeIfPresent("data_batch_2.bin", (name, bytes) -> Arrays.copyOf(bytes, 12293));
        assertRefused(Cifar10Samples.writeArchive(parent, files), "data_batch_2.bin", "12292", "12293");
    }

    @Test
    void refusesALabelOutOfRange() throws IOException {
        files.computeIfPresent("data_batch_2.bin", (name, bytes) -> {
            bytes[0] = (byte) 200;
            return bytes;
        });
        assertRefused(Cifar10Samples.writeArchive(parent, files), "data_batch_2.bin", "record 0", "found 200");
    }

    @Test
    void refusesAHugeReadme() throws IOException {
        files.put("readme.html", new byte[100_000]);
        assertRefused(Cifar10Samples.writeArchive(parent, files), "readme.html", "65536");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.6, 0.99})
    void refusesATruncatedArchive(double part) throws IOException {
        Path archive = Cifar10Samples.writeArchive(parent, files);
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, (int) (bytes.length * part)));
        assertRefused(archive, "damaged or cut short");
    }

    @Test
    void refusesAnArchiveWhoseChecksumIsWrong() throws IOException {
        Path archive = Cifar10Samples.writeArchive(parent, files);
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length - 6] ^= 1;
        Files.write(archive, bytes);
        assertRefused(archive, "damaged or cut short");
    }

    @Test
    void refusesBytesAfterTheArchive() throws IOException {
        Path archive = Cifar10Samples.writeArchive(parent, files);
        Files.write(archive, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        assertRefused(archive, "damaged");
    }

    @Test
    void refusesAnArchiveThatUnpacksToFarTooMuch() throws IOException {
        Path archive = Cifar10Samples.writeArchive(parent, files);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive, StandardOpenOption.APPEND))) {
            out.write(new byte[8 << 20]);
        }
        assertRefused(archive, "too long", "1122328");
    }

    @Test
    void refusesAFileThatIsNoGzip() throws IOException {
        Path archive = Files.write(parent.resolve("cifar-10-binary.tar.gz"), new byte[1000]);
        assertRefused(archive, "no gzip file");
    }

    @Test
    void refusesAGzipFileThatIsNoTar() throws IOException {
        Path archive = parent.resolve("cifar-10-binary.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            byte[] noise = new byte[2048];
            Arrays.fill(noise, (byte) 'x');
            out.write(noise);
        }
        assertRefused(archive, "cut short");
    }
}
