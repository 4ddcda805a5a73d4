package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitPlanesTest {
    private final SplittableRandom random = new SplittableRandom(2);

    private byte[] numbers(int count, int bits) {
        byte[] numbers = new byte[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (byte) random.nextInt(1 << bits);
        }
        return numbers;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 4", "63, 1, 4", "64, 2, 4", "65, 3, 4", "384, 1, 4", "100, 4, 4", "130, 7, 7", "5, 8, 8"})
    void sumsAreThoseOfPlainLoops(int d, int bits, int queryBits) {
        byte[] values = numbers(9 * d, bits);
        byte[] query = numbers(2 * d, queryBits);
        BitPlanes codes = BitPlanes.of(9, d, bits, values);
        BitPlanes of = BitPlanes.of(2, d, queryBits, query);
        float[] floats = new float[d];
        for (int j = 0; j < d; j++) {
            floats[j] = random.nextFloat() - 0.5f;
        }
        BitPlanes.Products products = codes.products(floats);
        for (int i = 0; i < 9; i++) {
            int sum = 0;
            int product = 0;
            double floatProduct = 0;
            for (int j = 0; j < d; j++) {
                int number = values[i * d + j] & 255;
                assertThat(codes.number(i, j)).isEqualTo(number);
                sum += number;
                product += number * (query[d + j] & 255);
                floatProduct += number * floats[j];
            }
            assertThat(codes.sum(i)).isEqualTo(sum);
            assertThat(codes.product(i, of, 1)).isEqualTo(product);
            assertThat((double) products.of(i)).isCloseTo(floatProduct, within(1e-4 * (1 << bits)));
        }
    }

    @Test
    void hammingCountsBits() {
        BitPlanes one = BitPlanes.ofSigns(1, 70, values(70, 1));
        BitPlanes other = BitPlanes.ofSigns(1, 70, values(70, -1));
        assertThat(one.hamming(0, other, 0)).isEqualTo(70);
        assertThat(one.hamming(0, one, 0)).isZero();
    }

    private static float[] values(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    /** Codes that are read from bytes are those that were written, with any number of bits. */
    @ParameterizedTest
    @CsvSource({"1, 1", "64, 2", "65, 3", "100, 4", "384, 5", "7, 6", "130, 7", "200, 8"})
    void packedNumbersAreReadAgain(int d, int bits) {
        byte[] values = numbers(5 * d, bits);
        BitPlanes codes = BitPlanes.of(5, d, bits, values);
        int stride = (d * bits + 7) / 8 + 3;
        byte[] bytes = new byte[2 + 5 * stride];
        for (int i = 0; i < 5; i++) {
            codes.copyTo(i, bytes, 2 + i * stride);
        }
        BitPlanes room = BitPlanes.room(5, d, bits);
        room.read(bytes, 2, stride, 5, BitPlanes.spread(bits));
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < d; j++) {
                assertThat(room.number(i, j)).isEqualTo(values[i * d + j] & 0xff);
            }
            assertThat(room.sum(i)).isEqualTo(codes.sum(i));
        }
    }

    @Test
    void zeroIsNoPositiveSign() {
        assertThat(BitPlanes.ofSigns(1, 3, new float[] {0, -0f, 1e-30f}).sum(0)).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> BitPlanes.of(1, 1, 2, new byte[] {4})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BitPlanes.of(1, 2, 2, new byte[] {1})).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "4, 0.0333334", "8, 0.00196079"})
    void aRoundedQueryIsWithinHalfAStep(int bits, double half) {
        float[] vector = {-0.25f, 0.75f, 0.1f, 0.33f};
        UniformQuery rounded = UniformQuery.of(vector, bits);
        for (int j = 0; j < vector.length; j++) {
            byte[] one = new byte[4];
            one[j] = 1;
            double value = rounded.product(BitPlanes.of(1, 4, 1, one), 0);
            assertThat(value).isCloseTo(vector[j], within(half + 1e-6));
        }
    }

    @Test
    void aConstantQueryHasNoSteps() {
        UniformQuery rounded = UniformQuery.of(new float[] {2, 2}, 4);
        assertThat(rounded.product(BitPlanes.of(1, 2, 1, new byte[] {1, 1}), 0)).isEqualTo(4);
    }
}
