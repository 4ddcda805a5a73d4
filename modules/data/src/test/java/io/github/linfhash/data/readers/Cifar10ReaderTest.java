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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Cifar10ReaderTest {
    @TempDir
    Path parent;

    private final Map<String, byte[]> files = Cifar10Samples.files();

    private LabeledImages read(Path location) {
        return Cifar10Reader.read(location, Cifar10Samples.LAYOUT, Progress.NONE);
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

    private static Arguments wrong(String file, @Nullable UnaryOperator<byte[]> change, String... parts) {
        String[] all = Stream.concat(Stream.of(file), Stream.of(parts)).toArray(String[]::new);
        return Arguments.of(String.join(", ", all), file, change, all);
    }

    private static Arguments names(String names, String... parts) {
        return wrong("batches.meta.txt", bytes -> names.getBytes(StandardCharsets.UTF_8), parts);
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                wrong("data_batch_3.bin", bytes -> Arrays.copyOf(bytes, 12291), "12292", "12291"),
                wrong("test_batch.bin", bytes -> Arrays.copyOf(bytes, 12293), "12292", "12293"),
                wrong("data_batch_5.bin", Cifar10ReaderTest::withLabelTen, "record 2", "0 to 9", "found 10"),
                wrong("data_batch_2.bin", null, "found nothing"),
                wrong("batches.meta.txt", null),
                names(Cifar10Samples.NAMES.replace("bird", "b\u0007ug"), "'bird'", "'b?ug'"),
                names("airplane\nautomobile\n", "10 class names", "found 2"),
                names(" ".repeat(100_000), "65536"));
    }

    private static byte[] withLabelTen(byte[] batch) {
        batch[2 * 3073] = 10;
        return batch;
    }

    /** Without a change, the file is missing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongFiles")
    void refusesAWrongFile(String name, String file, @Nullable UnaryOperator<byte[]> change, String[] parts)
            throws IOException {
        files.compute(file, (key, bytes) -> change == null ? null : change.apply(Objects.requireNonNull(bytes)));
        Path folder = Cifar10Samples.writeFolder(parent, files);
        assertOneSentence(() -> read(folder), parts);
    }
}
