package io.github.linfhash.io.npy;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFeaturesTest {
    @TempDir
    Path folder;

    private Path write(NpyArray array) throws IOException {
        Path file = folder.resolve("x.npy");
        NpyFile.write(file, array);
        return file;
    }

    private static float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i / 3f - 1;
        }
        return values;
    }

    /** 400,000 rows of 8 bytes are read in several steps. */
    @Test
    void rowsAreThoseThatAreReadAtOnce() throws IOException {
        Path file = write(NpyArray.ofFloats(values(800_000), 400_000, 2));
        List<String> notes = new ArrayList<>();
        try (NpyFeatures opened = NpyFeatures.open(file, notes::add)) {
            FeatureMatrix expected = FeatureArrays.read(file);
            assertThat(opened.matrix().isInMemory()).isFalse();
            assertThat(opened.matrix()).isEqualTo(expected);
            assertThat(opened.matrix().part(399_990, 10)).isEqualTo(expected.part(399_990, 10));
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void numbersOfOtherTypesAreRounded() throws IOException {
        byte[] bytes = {0, (byte) 255, 7, 8, 9, 10};
        Path file = write(NpyArray.owning(NpyType.UINT8, List.of(3, 2), bytes));
        List<String> notes = new ArrayList<>();
        try (NpyFeatures opened = NpyFeatures.open(file, notes::add)) {
            assertThat(opened.matrix()).isEqualTo(FeatureMatrix.copyOf(new float[][] {{0, 255}, {7, 8}, {9, 10}}));
        }
        assertThat(notes).containsExactly(file + ": " + NpyType.UINT8.shown() + ", read as float32");
        // As numpy.array([[1, 2]], '>f8') is written.
        byte[] content = Files.readAllBytes(write(NpyArray.owning(NpyType.FLOAT64, List.of(1, 2), new byte[16])));
        byte[] header = new String(content, StandardCharsets.ISO_8859_1)
                .replace("<f8", ">f8")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer.wrap(header)
                .order(ByteOrder.BIG_ENDIAN)
                .putDouble(header.length - 16, 1)
                .putDouble(header.length - 8, 2);
        Files.write(file, header);
        try (NpyFeatures opened = NpyFeatures.open(file, note -> {})) {
            assertThat(opened.matrix()).isEqualTo(FeatureMatrix.copyOf(new float[][] {{1, 2}}));
        }
    }

    @Test
    void aValueThatIsNotFiniteIsNamedWhenItIsRead() throws IOException {
        float[] values = values(600_000);
        values[500_001] = Float.NaN;
        Path file = write(NpyArray.ofFloats(values, 300_000, 2));
        try (NpyFeatures opened = NpyFeatures.open(file, note -> {})) {
            FeatureMatrix matrix = opened.matrix();
            assertThat(matrix.get(250_001, 0)).isEqualTo(values[500_002]);
            assertBadInput(matrix::sha256)
                    .hasMessage(file + " has a wrong value in row 250000, column 1 (counted from 0): expected a finite"
                            + " float32 number, found NaN");
        }
    }

    @Test
    void filesOfAnotherSizeAreRefused() throws IOException {
        Path file = write(NpyArray.ofFloats(values(6), 3, 2));
        byte[] content = Files.readAllBytes(file);
        try (NpyFeatures opened = NpyFeatures.open(file, note -> {})) {
            Files.write(file, Arrays.copyOf(content, content.length - 5));
            assertBadInput(() -> opened.matrix().toArray()).hasMessageContaining("x.npy is too short: expected ");
        }
        assertBadInput(() -> NpyFeatures.open(file, note -> {})).hasMessageContaining("x.npy is too short: expected ");
        Files.write(file, content);
        Files.write(file, new byte[3], StandardOpenOption.APPEND);
        assertBadInput(() -> NpyFeatures.open(file, note -> {})).hasMessageContaining("found 3 bytes more");
        assertBadInput(() -> NpyFeatures.open(write(NpyArray.ofFloats(values(6), 6)), note -> {}))
                .hasMessageContaining("expected a matrix with one vector per row");
    }
}
