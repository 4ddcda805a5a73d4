package io.github.linfhash.data.readers;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxTest {
    private static final List<String> NAMES = List.of("a", "b", "c");
    /** Two images, three pixels wide and two high. */
    private static final String IMAGES = "00000803 00000002 00000002 00000003 010203040506 f0f1f2f3f4f5";

    private static final String LABELS = "00000801 00000002 0200";

    @TempDir
    Path folder;

    private Path images;
    private Path labels;

    @BeforeEach
    void writeFiles() throws IOException {
        images = Files.write(folder.resolve("images-idx3-ubyte"), bytes(IMAGES));
        labels = Files.write(folder.resolve("labels-idx1-ubyte"), bytes(LABELS));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static Path gzip(Path file, byte[] content) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
        return file;
    }

    private void assertRefused(String... parts) {
        assertOneSentence(() -> IdxFiles.read(images, labels, NAMES), parts);
    }

    private static void assertBothImages(LabeledImages read) {
        assertThat(read.shape()).isEqualTo(new ImageShape(3, 2, 1));
        assertThat(read.labels()).isEqualTo(ClassLabels.of(2, 0));
        assertThat(read.value(0, 0, 2, 0)).isEqualTo(3);
        assertThat(read.value(1, 0, 0, 1)).isEqualTo(0xf3);
    }

    @Test
    void readsPlainFiles() {
        assertBothImages(IdxFiles.read(images, labels, NAMES));
    }

    @Test
    void readsGzipFiles() throws IOException {
        Path packedImages = gzip(folder.resolve("i.gz"), bytes(IMAGES));
        Path packedLabels = gzip(folder.resolve("l.gz"), bytes(LABELS));
        assertBothImages(IdxFiles.read(packedImages, packedLabels, NAMES));
    }

    @ParameterizedTest
    @CsvSource({
        "00000801 00000002 0200, no IDX file of images",
        "00000803 00000003 00000002 00000003 010203040506, does not belong to",
        "00000803 00000002 00000000 00000003, 'pixels a side, found 3 x 0'",
        "00000803 00000002 00001001 00000003, 'pixels a side, found 3 x 4097'",
        "00000803 00000002 00000003 00001001, 'pixels a side, found 4097 x 3'",
        "00000803 00000000 00000001 00000003, at least 1",
        "00000803 80000000 00000001 00000003, at least 1",
        "00000803 00000002 0000, an IDX header",
        "00000803 00000002 00000002 00000003 010203040506 f0f1f2f3f4, 12 bytes",
        "00000803 00000002 00000002 00000003 010203040506 f0f1f2f3f4f500, too long",
    })
    void refusesWrongImageFiles(String hex, String part) throws IOException {
        Files.write(images, bytes(hex));
        assertRefused("images-idx3-ubyte", part);
    }

    @ParameterizedTest
    @CsvSource({
        "00000803 00000002 0200, no IDX file of labels",
        "00000801 00000002 0203, row 1",
        "00000801 00000002 02, 2 labels",
        "00000801 00000002 020000, too long",
        "00000801 7fffffff 0200, claims too much",
        "00000801 10000000 0200, at most 2 more",
        "00000801, an IDX header",
    })
    void refusesWrongLabelFiles(String hex, String part) throws IOException {
        Files.write(labels, bytes(hex));
        assertRefused("labels-idx1-ubyte", part);
    }

    @Test
    void refusesAClaimThatNoGzipFileOfItsSizeCouldHold() throws IOException {
        labels = gzip(folder.resolve("labels.gz"), bytes("00000801 10000000 0200"));
        assertRefused("labels.gz", "268435456 bytes");
    }

    @Test
    void refusesAGzipFileThatUnpacksToMoreThanItsHeaderSays() throws IOException {
        labels = gzip(folder.resolve("labels.gz"), Arrays.copyOf(bytes(LABELS), 64 << 20));
        assertRefused("labels.gz", "too long");
    }

    @Test
    void refusesATruncatedGzipFile() throws IOException {
        images = gzip(folder.resolve("images.gz"), bytes(IMAGES));
        byte[] packed = Files.readAllBytes(images);
        Files.write(images, Arrays.copyOf(packed, packed.length - 12));
        assertRefused("images.gz", "damaged or cut short");
    }

    @Test
    void refusesAFileThatIsNoGzip() throws IOException {
        images = Files.write(folder.resolve("images.gz"), bytes(IMAGES));
        assertRefused("images.gz", "no gzip file");
    }

    @Test
    void refusesAMissingFile() throws IOException {
        Files.delete(labels);
        assertRefused("labels-idx1-ubyte", "found nothing");
    }

    @Test
    void writesWhatItReadsAndTheSameBytesEachTime() throws IOException {
        LabeledImages read = IdxFiles.read(images, labels, NAMES);
        Path first = folder.resolve("first.gz");
        Path second = folder.resolve("second.gz");
        Path classes = folder.resolve("classes.gz");
        IdxFiles.write(read, first, classes);
        assertBothImages(IdxFiles.read(first, classes, NAMES));
        IdxFiles.write(read, second, classes);
        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(Arrays.copyOf(Files.readAllBytes(first), 8)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    }

    @Test
    void writesNoColorImages() {
        LabeledImages color = LabeledImages.owning(new ImageShape(1, 1, 3), new byte[3], ClassLabels.of(0), NAMES);
        assertThatThrownBy(() -> IdxFiles.write(color, images, labels)).isInstanceOf(IllegalArgumentException.class);
    }
}
