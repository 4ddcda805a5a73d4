package io.github.linfhash.data.readers;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.LabeledImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10ReaderTest {
    @TempDir
    Path parent;

    private final Map<String, byte[]> files = Cifar10Samples.files();

    private LabeledImages read(Path location) {
        return Cifar10Reader.read(location, Cifar10Samples.LAYOUT, Progress.NONE);
    }

    private void assertRefused(String... parts) throws IOException {
        Path folder = Cifar10Samples.writeFolder(parent, files);
        assertOneSentence(() -> read(folder), parts);
    }

    private static void assertAllImages(LabeledImages images) {
        assertThat(images.size()).isEqualTo(24);
        for (int i = 0; i < 24; i++) {
            assertThat(images.labels().get(i)).isEqualTo(Cifar10Samples.label(i));
            for (int place = 0; place < 3072; place += 61) {
                int pixel = place % 1024;
                assertThat(images.value(i, place / 1024, pixel % 32, pixel / 32))
                        .isEqualTo(Cifar10Samples.value(i, place) & 0xff);
            }
        }
    }

    @Test
    void readsTheFolderItselfOrItsParentOrTheArchiveInTheOrderOfTheBatches() throws IOException {
        Path folder = Cifar10Samples.writeFolder(parent, files);
        assertAllImages(read(folder));
        assertAllImages(read(parent));
        Path other = Files.createDirectory(parent.resolve("other"));
        Path archive = Cifar10Samples.writeArchive(other, files);
        assertAllImages(read(archive));
        assertAllImages(read(other));
        assertThat(read(other).sha256()).isEqualTo(read(folder).sha256());
    }

    @Test
    void readsAFolderOfAnotherName() throws IOException {
        Path folder = Cifar10Samples.writeFolder(parent, files);
        assertAllImages(read(Files.move(folder, parent.resolve("renamed"))));
    }

    @Test
    void saysHowFarItIs() throws IOException {
        AtomicLong steps = new AtomicLong();
        AtomicLong announced = new AtomicLong();
        Cifar10Reader.read(Cifar10Samples.writeFolder(parent, files), Cifar10Samples.LAYOUT, (name, total) -> {
            announced.set(total);
            return steps::addAndGet;
        });
        assertThat(steps.get()).isEqualTo(24).isEqualTo(announced.get());
    }

    @Test
    void expectsTenThousandRecordsInAnOfficialBatch() throws IOException {
        Path folder = Cifar10Samples.writeFolder(parent, files);
        assertOneSentence(
                () -> Cifar10Reader.read(folder, Progress.NONE),
                "data_batch_1.bin",
                "30730000",
                "10000 records",
                "12292");
    }

    @Test
    void refusesAFolderWithoutCifar10() {
        assertOneSentence(() -> read(parent), parent.toString(), "cifar-10-batches-bin", "cifar-10-binary.tar.gz");
        assertOneSentence(() -> read(parent.resolve("none")), "none");
    }

    @Test
    void refusesATruncatedBatch() throws IOException {
        files.computeIfPresent("data_batch_3.bin", (name, bytes) -> Arrays.copyOf(bytes, 12291));
        assertRefused("data_batch_3.bin", "12292", "12291");
    }

    @Test
    void refusesAnOversizedBatch() throws IOException {
        files.computeIfPresent("test_batch.bin", (name, bytes) -> Arrays.copyOf(bytes, 12293));
        assertRefused("test_batch.bin", "12292", "12293");
    }

    @Test
    void refusesALabelOutOfRange() throws IOException {
        files.computeIfPresent("data_batch_5.bin", (name, bytes) -> {
            bytes[2 * 3073] = 10;
            return bytes;
        });
        assertRefused("data_batch_5.bin", "record 2", "0 to 9", "found 10");
    }

    @Test
    void refusesAMissingBatch() throws IOException {
        files.remove("data_batch_2.bin");
        assertRefused("data_batch_2.bin", "found nothing");
    }

    @Test
    void refusesMissingNames() throws IOException {
        files.remove("batches.meta.txt");
        assertRefused("batches.meta.txt");
    }

    @Test
    void refusesOtherNames() throws IOException {
        files.put(
                "batches.meta.txt",
                Cifar10Samples.NAMES.replace("bird", "b\u0007ug").getBytes(StandardCharsets.UTF_8));
        assertRefused("batches.meta.txt", "'bird'", "'b?ug'");
    }

    @Test
    void refusesTooFewNames() throws IOException {
        files.put("batches.meta.txt", "airplane\nautomobile\n".getBytes(StandardCharsets.UTF_8));
        assertRefused("batches.meta.txt", "10 class names", "found 2");
    }

    @Test
    void refusesAHugeFileOfNames() throws IOException {
        files.put("batches.meta.txt", new byte[100_000]);
        assertRefused("batches.meta.txt", "65536");
    }
}
