package io.github.linfhash.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.digest.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureMatrixTest {
    private final FeatureMatrix matrix = FeatureMatrix.copyOf(new float[][] {{1, 2, 3}, {4, 5, 6}});

    @Test
    void valuesAreRowMajor() {
        assertThat(matrix.rows()).isEqualTo(2);
        assertThat(matrix.dimension()).isEqualTo(3);
        assertThat(matrix.get(0, 2)).isEqualTo(3);
        assertThat(matrix.get(1, 0)).isEqualTo(4);
        assertThat(matrix).isEqualTo(FeatureMatrix.owning(2, 3, new float[] {1, 2, 3, 4, 5, 6}));
        assertThat(matrix).isNotEqualTo(FeatureMatrix.owning(3, 2, new float[] {1, 2, 3, 4, 5, 6}));
        assertThat(matrix).hasToString("2 vectors of dimension 3");
    }

    @Test
    void placesOutsideTheMatrixAreRefused() {
        assertThatThrownBy(() -> matrix.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.get(1, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.copyRows(1, 2, new float[6], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void rowsAreCopiedWhereAsked() {
        float[] target = new float[8];
        matrix.copyRows(0, 2, target, 1);
        assertThat(target).containsExactly(0, 1, 2, 3, 4, 5, 6, 0);
        float[] row = new float[3];
        matrix.copyRow(1, row);
        assertThat(row).containsExactly(4, 5, 6);
    }

    @Test
    void selectKeepsTheOrderAndTheRepeats() {
        assertThat(matrix.select(new int[] {1, 0, 1}).toArray()).containsExactly(4, 5, 6, 1, 2, 3, 4, 5, 6);
        assertThat(matrix.select(new int[0]).rows()).isZero();
    }

    /** A part is a matrix like another, whose rows end where it ends. */
    @Test
    void aPartIsItsRowsAndNoOthers() {
        FeatureMatrix second = matrix.part(1, 1);
        FeatureMatrix copied = matrix.select(new int[] {1});
        assertThat(second).isEqualTo(copied).hasSameHashCodeAs(copied).isNotEqualTo(matrix.part(0, 1));
        assertThat(second.sha256()).isEqualTo(copied.sha256());
        assertThat(second.toArray()).containsExactly(4, 5, 6);
        assertThat(second.get(0, 1)).isEqualTo(5);
        assertThat(second.part(0, 1)).isEqualTo(second);
        float[] row = new float[3];
        second.copyRow(0, row);
        assertThat(row).containsExactly(4, 5, 6);
        assertThatThrownBy(() -> second.get(1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.part(0, 1).copyRow(1, row)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.part(1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Normalized vectors have values below 1, of which a hash of whole numbers sees nothing. */
    @Test
    void hashesOfSmallValuesDiffer() {
        long hashes = IntStream.range(0, 1000)
                .map(i ->
                        FeatureMatrix.copyOf(new float[][] {{i / 1000f, 0.5f}}).hashCode())
                .distinct()
                .count();
        assertThat(hashes).isGreaterThan(990);
    }

    @Test
    void handedOutAndTakenRowsAreCopies() {
        float[][] rows = {{1, 2}};
        FeatureMatrix copy = FeatureMatrix.copyOf(rows);
        rows[0][0] = 9;
        copy.toArray()[1] = 9;
        assertThat(copy.toArray()).containsExactly(1, 2);
    }

    @Test
    void sizesMustAgree() {
        assertThatThrownBy(() -> FeatureMatrix.owning(2, 3, new float[5])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeatureMatrix.owning(0, 0, new float[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeatureMatrix.owning(-1, -1, new float[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeatureMatrix.copyOf(new float[][] {{1, 2}, {3}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1 has 1 values");
    }

    @Test
    void theDigestIsThatOfSizesAndValuesInLittleEndian() {
        // Python: hashlib.sha256(struct.pack('<ii6f', 2, 3, 1, 2, 3, 4, 5, 6)).hexdigest()
        assertThat(matrix.sha256()).isEqualTo("d7d0454d65a8a8536c4ee511f41be3c1ab0cd1ecde3dbcdc4da31d6221eee195");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "3, 1", "70000, 2", "2, 70000", "500, 300"})
    void theDigestDoesNotDependOnItsBlocks(int rows, int dimension) {
        float[] values = new float[rows * dimension];
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(rows).putInt(dimension);
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.25f;
            bytes.putFloat(values[i]);
        }
        String expected = HexFormat.of().formatHex(Digests.sha256().digest(bytes.array()));
        assertThat(FeatureMatrix.owning(rows, dimension, values).sha256()).isEqualTo(expected);
    }

    /** 300,000 rows, of which more than one block is read at a time. */
    @Test
    void rowsOutsideOfMemoryAreThoseInMemory() {
        float[] values = new float[900_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.5f;
        }
        FeatureMatrix inside = FeatureMatrix.owning(300_000, 3, values);
        FeatureMatrix outside = FeatureMatrix.reading(300_000, 3, inside::copyRows);
        assertThat(outside.isInMemory()).isFalse();
        assertThat(outside.inMemory().isInMemory()).isTrue();
        assertThat(outside.inMemory()).isEqualTo(inside);
        assertThat(outside).isEqualTo(inside).hasSameHashCodeAs(inside).hasToString(inside.toString());
        assertThat(inside).isEqualTo(outside);
        assertThat(outside.sha256()).isEqualTo(inside.sha256());
        assertThat(outside.get(299_999, 1)).isEqualTo(inside.get(299_999, 1));
        FeatureMatrix part = outside.part(1000, 200_000).part(7, 1000);
        assertThat(part).isEqualTo(inside.part(1007, 1000)).isNotEqualTo(inside.part(1006, 1000));
        assertThat(part.select(new int[] {9, 0})).isEqualTo(inside.select(new int[] {1016, 1007}));
        assertThatThrownBy(() -> part.copyRows(999, 2, new float[6], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** More values than an array can have. */
    @Test
    void placesOutsideOfMemoryAreNotLimitedByArrays() {
        FeatureMatrix outside = FeatureMatrix.reading(2_000_000_000, 3000, (from, count, target, offset) -> {
            assertThat(count).isEqualTo(1);
            target[offset + 2999] = from;
        });
        assertThat(outside.part(5, 1_999_999_994).get(1_999_999_993, 2999)).isEqualTo(2e9f);
    }

    /** 0 and 1 differ in bits that are the upper ones of a float alone. */
    @Test
    void hashesOfRowsOfZerosAndOnesDiffer() {
        int rows = 1 << 14;
        float[] values = new float[rows * 14];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 14 >> i % 14 & 1;
        }
        FeatureMatrix all = FeatureMatrix.owning(rows, 14, values);
        assertThat(IntStream.range(0, rows).mapToLong(all::hash).distinct()).hasSize(rows);
        FeatureMatrix zeros = FeatureMatrix.copyOf(new float[][] {{0, 1}, {-0f, 1}, {1, 0}});
        assertThat(zeros.hash(0)).isEqualTo(zeros.hash(1)).isNotEqualTo(zeros.hash(2));
    }
}
