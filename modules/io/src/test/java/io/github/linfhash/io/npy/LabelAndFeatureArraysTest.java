package io.github.linfhash.io.npy;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelAndFeatureArraysTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("array.npy");
    }

    @Test
    void oneDimensionOfWholeNumbersIsOneClassARow() throws IOException {
        NpySamples.write(file, "<i8", "(2,)", "0300000000000000ffffffffffffffff");
        assertThat(LabelArrays.read(file)).isEqualTo(ClassLabels.of(3, -1));
        NpySamples.write(file, "<i4", "(2,)", "0300000009000000");
        assertThat(LabelArrays.read(file)).isEqualTo(ClassLabels.of(3, 9));
    }

    @Test
    void twoDimensionsOfZerosAndOnesAreLabelSets() throws IOException {
        NpySamples.write(file, "|u1", "(2, 3)", "010001000001");
        assertThat(LabelArrays.read(file))
                .isEqualTo(LabelSets.of(2, 3, new boolean[] {true, false, true, false, false, true}));
    }

    @Test
    void refusesWhatIsNoLabels() throws IOException {
        NpySamples.write(file, "<f4", "(1,)", "0000803f");
        assertOneSentence(() -> LabelArrays.read(file), "array.npy", "FLOAT32");
        NpySamples.write(file, "|u1", "(1, 2)", "0102");
        assertOneSentence(() -> LabelArrays.read(file), "array.npy", "0 and 1");
        NpySamples.write(file, "<i8", "(1,)", "0000008000000000");
        assertOneSentence(() -> LabelArrays.read(file), "array.npy", "row 0", "2147483648");
        NpySamples.write(file, "|u1", "(0, 2147483647)", "");
        assertOneSentence(() -> LabelArrays.read(file), "array.npy", "0 and 1");
    }

    @Test
    void writesClassesAsLongs() throws IOException {
        LabelArrays.write(file, ClassLabels.of(3, -1));
        assertThat(file)
                .hasBinaryContent(
                        NpySamples.bytes(NpySamples.header("<i8", "(2,)"), "0300000000000000ffffffffffffffff"));
    }

    @Test
    void writesSetsAsBytesAndReadsThemBack() throws IOException {
        LabelSets sets = LabelSets.of(2, 3, new boolean[] {true, false, true, false, false, true});
        LabelArrays.write(file, sets);
        assertThat(file).hasBinaryContent(NpySamples.bytes(NpySamples.header("|u1", "(2, 3)"), "010001000001"));
        assertThat(LabelArrays.read(file)).isEqualTo(sets);
    }

    @Test
    void featuresAreWrittenAsFloat32AndReadBack() throws IOException {
        FeatureMatrix features = FeatureMatrix.copyOf(new float[][] {{1.5f, -2f}, {0.25f, 3f}});
        FeatureArrays.write(file, features);
        assertThat(file)
                .hasBinaryContent(
                        NpySamples.bytes(NpySamples.header("<f4", "(2, 2)"), "0000c03f000000c00000803e00004040"));
        assertThat(FeatureArrays.read(file)).isEqualTo(features);
    }

    @Test
    void featuresOfFloat64AreRounded() throws IOException {
        NpySamples.write(file, "<f8", "(1, 1)", "9a9999999999b93f");
        assertThat(FeatureArrays.read(file)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{0.1f}}));
    }

    @Test
    void featuresMayBeWholeNumbers() throws IOException {
        NpySamples.write(file, "|u1", "(2, 2)", "0001ff03");
        assertThat(FeatureArrays.read(file)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{0, 1}, {255, 3}}));
        NpySamples.write(file, "<i4", "(1, 2)", "feffffff05000000");
        assertThat(FeatureArrays.read(file)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{-2, 5}}));
        NpySamples.write(file, "<i8", "(1, 1)", "feffffffffffffff");
        assertThat(FeatureArrays.read(file)).isEqualTo(FeatureMatrix.copyOf(new float[][] {{-2}}));
    }

    @Test
    void featuresLongerThanABlockAreReadInOrder() throws IOException {
        float[] values = new float[3 * 7001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        FeatureArrays.write(file, FeatureMatrix.owning(7001, 3, values.clone()));
        assertThat(FeatureArrays.read(file).toArray()).isEqualTo(values);
    }

    @Test
    void refusesFeaturesThatAreNotFinite() throws IOException {
        NpySamples.write(file, "<f4", "(2, 2)", "0000c03f000000c00000803e0000807f");
        assertOneSentence(() -> FeatureArrays.read(file), "array.npy", "row 1", "column 1", "Infinity");
        NpySamples.write(file, "<f8", "(1, 1)", "000000000000f07e");
        assertOneSentence(() -> FeatureArrays.read(file), "array.npy", "row 0");
    }

    @Test
    void refusesWhatIsNoFeatures() throws IOException {
        NpySamples.write(file, "<f4", "(2,)", "0000c03f000000c0");
        assertOneSentence(() -> FeatureArrays.read(file), "array.npy", "[2]");
        NpySamples.write(file, "<f4", "(0, 2)", "");
        assertOneSentence(() -> FeatureArrays.read(file), "array.npy", "[0, 2]");
        NpySamples.write(file, "<f4", "(2147483647, 2147483647)", "");
        assertOneSentence(() -> FeatureArrays.read(file), "array.npy", "too short");
    }
}
