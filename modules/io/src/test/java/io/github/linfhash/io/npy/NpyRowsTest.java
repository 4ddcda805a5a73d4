package io.github.linfhash.io.npy;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyRowsTest {
    private static final FeatureMatrix ROWS = FeatureMatrix.copyOf(new float[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}});

    @TempDir
    private Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    @Test
    void blocksHaveTheRowsInOrderAndTheRestAtTheEnd() throws IOException {
        FeatureArrays.write(file("f.npy"), ROWS);
        try (NpyRows rows = NpyRows.open(file("f.npy"))) {
            assertThat(rows.rows()).isEqualTo(4);
            assertThat(rows.columns()).isEqualTo(2);
            assertThat(FeatureArrays.next(rows, 3)).isEqualTo(ROWS.select(new int[] {0, 1, 2}));
            assertThat(rows.position()).isEqualTo(3);
            assertThat(FeatureArrays.next(rows, 3)).isEqualTo(ROWS.select(new int[] {3}));
            assertThat(FeatureArrays.next(rows, 3).rows()).isZero();
        }
    }

    @Test
    void skippedRowsAreNotRead() throws IOException {
        LabelArrays.write(file("l.npy"), ClassLabels.of(9, 8, 7, 6));
        try (NpyRows rows = NpyRows.open(file("l.npy"))) {
            rows.skip(1);
            assertThat(LabelArrays.next(rows, 2)).isEqualTo(ClassLabels.of(8, 7));
            rows.skip(1);
            assertThat(rows.position()).isEqualTo(4);
            assertThatThrownBy(() -> rows.skip(1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void packedCodesAreReadByTheirLength() throws IOException {
        BinaryCodes codes = BinaryCodes.ofBytes(3, 12, new byte[] {1, 2, 3, 4, 5, 6});
        CodeArrays.write(file("c.npy"), codes);
        try (NpyRows rows = NpyRows.open(file("c.npy"))) {
            assertThat(CodeArrays.next(rows, 2, 12)).isEqualTo(codes.select(new int[] {0, 1}));
            assertOneSentence(() -> CodeArrays.next(rows, 1, 17), "packed codes of 17 bits", "3 columns");
        }
    }

    /** Rows of messages are counted from the beginning of the file, whatever was read before. */
    @Test
    void messagesNameTheRowOfTheFile() throws IOException {
        NpySamples.write(file("c.npy"), "|u1", "(3, 1)", "0101ff");
        NpySamples.write(file("f.npy"), "<f4", "(2, 1)", "000000000000c07f");
        NpySamples.write(file("l.npy"), "<i8", "(2,)", "0000000000000000ffffffffffffff7f");
        try (NpyRows codes = NpyRows.open(file("c.npy"));
                NpyRows features = NpyRows.open(file("f.npy"));
                NpyRows labels = NpyRows.open(file("l.npy"))) {
            codes.skip(1);
            assertOneSentence(() -> CodeArrays.next(codes, 2, 6), "c.npy has a wrong code in row 2");
            features.skip(1);
            assertOneSentence(() -> FeatureArrays.next(features, 1), "row 1, column 0", "found NaN");
            labels.skip(1);
            assertOneSentence(() -> LabelArrays.next(labels, 1), "l.npy has a wrong label in row 1");
        }
    }

    @Test
    void aFileOfAnotherLengthThanItsHeaderSaysIsRefusedAtOnce() throws IOException {
        NpySamples.write(file("short.npy"), "|u1", "(4, 1)", "010203");
        NpySamples.write(file("long.npy"), "|u1", "(2, 1)", "010203");
        assertOneSentence(() -> NpyRows.open(file("short.npy")), "short.npy is too short");
        assertOneSentence(() -> NpyRows.open(file("long.npy")), "long.npy is too long", "1 bytes more");
        assertOneSentence(() -> NpyRows.open(file("none.npy")), "none.npy is missing");
    }
}
