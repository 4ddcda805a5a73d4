package io.github.linfhash.io.npy;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.RowSelectionCollector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy wrote, by make.py beside them, which says what they hold. */
class NumpyFilesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "numpy");
    private static final FeatureMatrix MATRIX = FeatureMatrix.copyOf(new float[][] {{0, 1}, {2, 100}, {5, 3}});

    private final List<String> notes = new ArrayList<>();

    private static Path file(String name) {
        return FOLDER.resolve(name);
    }

    @ParameterizedTest
    @CsvSource({
        "f2, float16",
        "f4, ''",
        "f8, float64",
        "i1, int8",
        "i2, int16",
        "i4, int32",
        "i8, int64",
        "u1, uint8",
        "u2, uint16",
        "u4, uint32",
        "u8, uint64"
    })
    void featuresOfEveryTypeAndOrderAreTheSame(String type, String shown) {
        for (String archive : List.of("stored.npz", "compressed.npz")) {
            for (String order : List.of("little", "big", "fortran")) {
                notes.clear();
                NpzFile member = NpzFile.of(file(archive + ":" + type + "_" + order));
                assertThat(member.features(RowSelectionCollector.all(), notes::add))
                        .isEqualTo(MATRIX);
                String name = file(archive) + ":" + type + "_" + order + ".npy";
                assertThat(notes)
                        .isEqualTo(shown.isEmpty() ? List.of() : List.of(name + ": " + shown + ", read as float32"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"})
    void classesOfEveryIntegerTypeAreTheSame(String type) {
        NpzFile member = NpzFile.of(file("compressed.npz:" + type + "_classes"));
        assertThat(member.labels(notes::add)).isEqualTo(ClassLabels.of(3, 0, 100));
        assertThat(notes).hasSize(type.equals("i4") || type.equals("i8") ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f2", "f4", "f8"})
    void classesAreNoFractions(String type) {
        assertOneSentence(
                () -> NpzFile.of(file("stored.npz:" + type + "_classes")).labels(notes::add),
                "an integer type",
                "FLOAT");
    }

    @Test
    void halvesAreReadExactly() {
        float[] values = FeatureArrays.read(file("halves.npy")).toArray();
        assertThat(values).containsExactly(0x1.998p-4f, -2.5f, 65504, 0x1p-24f, 0x1.ff8p-15f, -0f);
        assertThat(Float.floatToRawIntBits(values[5])).isEqualTo(Float.floatToRawIntBits(-0f));
        assertOneSentence(() -> FeatureArrays.read(file("infinite-half.npy")), "row 0, column 1", "Infinity");
    }

    @Test
    void truthValuesAreZeroAndOne() {
        assertThat(FeatureArrays.read(file("truths.npy"))).isEqualTo(FeatureMatrix.copyOf(new float[][] {{1, 0}, {0, 1}
        }));
        assertThat(LabelArrays.read(file("truth-classes.npy"), Progress.Task.SILENT, notes::add))
                .isEqualTo(ClassLabels.of(1, 0, 1));
        assertThat(notes).containsExactly(file("truth-classes.npy") + ": bool, read as int32, one class a row");
    }

    @Test
    void theSignIsKept() {
        assertThat(FeatureArrays.read(file("negative.npy")))
                .isEqualTo(FeatureMatrix.copyOf(new float[][] {{-128, 127}}));
        assertThat(LabelArrays.read(file("negative-classes.npy"))).isEqualTo(ClassLabels.of(-32768, 32767));
    }

    @Test
    void largeNumbersWithoutSignAreRoundedAsFeaturesAndRefusedAsClasses() {
        assertThat(FeatureArrays.read(file("unsigned.npy")))
                .isEqualTo(FeatureMatrix.copyOf(new float[][] {{0x1p64f, 0x1p63f, 0x1p32f}}));
        assertOneSentence(
                () -> LabelArrays.read(file("unsigned-classes.npy")), "row 1", "18446744073709551615", "32 bits");
        assertOneSentence(() -> LabelArrays.read(file("beyond-int32-classes.npy")), "row 1", "4294967295", "32 bits");
    }

    @Test
    void aColumnIsOneClassARowUnlessItIsOfBits() {
        assertThat(LabelArrays.read(file("column.npy"), Progress.Task.SILENT, notes::add))
                .isEqualTo(ClassLabels.of(4, 1, 0));
        assertThat(LabelArrays.read(file("column-of-bytes.npy"), Progress.Task.SILENT, notes::add))
                .isEqualTo(LabelSets.of(3, 1, new boolean[] {false, true, true}));
        assertThat(LabelArrays.read(file("column-fortran.npy"), Progress.Task.SILENT, notes::add))
                .isEqualTo(ClassLabels.of(4, 1, 0));
        assertThat(notes)
                .containsExactly(
                        file("column.npy") + ": int64 of shape (3, 1), read as one class a row",
                        file("column-of-bytes.npy")
                                + ": uint8 of shape (3, 1), read as one label that a row has (1) or has not (0)",
                        file("column-fortran.npy") + ": int32 of shape (3, 1), read as one class a row");
    }

    @ParameterizedTest
    @CsvSource({
        "strings, holds strings",
        "byte-strings, holds strings",
        "objects, holds Python objects",
        "complex, holds complex numbers",
        "dates, holds dates",
        "records, holds records",
        "long-doubles, <f16"
    })
    void whatIsNoNumberIsCalledByItsName(String name, String part) {
        assertOneSentence(() -> FeatureArrays.read(file(name + ".npy")), name + ".npy", part, "expected an array of");
        assertOneSentence(() -> LabelArrays.read(file(name + ".npy")), name + ".npy", part, "expected an array of");
    }
}
