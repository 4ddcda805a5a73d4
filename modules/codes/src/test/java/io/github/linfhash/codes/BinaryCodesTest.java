package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCodesTest {
    private static float[] signs(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    @Test
    void positiveValuesBecomeOnesAndZeroBecomesZero() {
        BinaryCodes codes = BinaryCodes.ofSigns(2, 3, new float[] {0.5f, 0f, -2f, -0f, Float.MIN_VALUE, 7f});
        assertThat(codes.word(0, 0)).isEqualTo(0b001);
        assertThat(codes.word(1, 0)).isEqualTo(0b110);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 127, 128, 129, 130})
    void everyBitIsTheSignOfItsValue(int bits) {
        float[] values = signs(5 * bits, bits);
        BinaryCodes codes = BinaryCodes.ofSigns(5, bits, values);
        for (int i = 0; i < 5; i++) {
            for (int b = 0; b < bits; b++) {
                assertThat(codes.bit(i, b)).isEqualTo(values[i * bits + b] > 0);
                assertThat(codes.word(i, b / 64) >>> (b % 64) & 1).isEqualTo(values[i * bits + b] > 0 ? 1 : 0);
            }
        }
        assertThat(codes.words()).isEqualTo((bits + 63) / 64);
        assertThat(codes.toWords()).hasSize(5 * codes.words());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 127, 128, 129, 130})
    void bytesHoldBitBAtBitBModulo8OfByteBOver8(int bits) {
        BinaryCodes codes = BinaryCodes.ofSigns(4, bits, signs(4 * bits, bits));
        byte[] bytes = codes.toBytes();
        int width = (bits + 7) / 8;
        assertThat(bytes).hasSize(4 * width);
        for (int i = 0; i < 4; i++) {
            for (int b = 0; b < 8 * width; b++) {
                boolean set = (bytes[i * width + b / 8] >> (b % 8) & 1) == 1;
                assertThat(set).isEqualTo(b < bits && codes.bit(i, b));
            }
        }
        assertThat(BinaryCodes.ofBytes(4, bits, bytes)).isEqualTo(codes).hasSameHashCodeAs(codes);
    }

    @Test
    void unusedBitsAreZeroInWordsAndRefusedInBytes() {
        float[] ones = new float[70];
        Arrays.fill(ones, 1);
        BinaryCodes codes = BinaryCodes.ofSigns(1, 70, ones);
        assertThat(codes.toWords()).containsExactly(-1L, 0b111111L);
        byte[] bytes = codes.toBytes();
        bytes[8] |= 0b0100_0000;
        assertThatThrownBy(() -> BinaryCodes.ofBytes(1, 70, bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beyond its 70 bits");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void nonFiniteValuesAreRefusedByPlace(float value) {
        assertThatThrownBy(() -> BinaryCodes.ofSigns(2, 2, new float[] {1, -1, 1, value}))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("bit 1 of row 1");
    }

    /** More rows than one task packs; of several values that are not finite, the first is named. */
    @Test
    void manyRowsArePackedAsFewAre() {
        int rows = 10_000;
        int bits = 70;
        float[] values = signs(rows * bits, 3);
        BinaryCodes codes = BinaryCodes.ofSigns(rows, bits, values);
        for (int i = 0; i < rows; i += 1237) {
            float[] row = Arrays.copyOfRange(values, i * bits, (i + 1) * bits);
            assertThat(codes.select(new int[] {i})).isEqualTo(BinaryCodes.ofSigns(1, bits, row));
        }
        values[9_000 * bits] = Float.NaN;
        values[5_000 * bits + 66] = Float.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> BinaryCodes.ofSigns(rows, bits, values))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("bit 66 of row 5000 is -Infinity");
    }

    @Test
    void sizesMustAgree() {
        assertThatThrownBy(() -> BinaryCodes.ofSigns(2, 3, new float[5])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BinaryCodes.ofBytes(2, 9, new byte[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BinaryCodes.ofSigns(0, 0, new float[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BinaryCodes.ofBytes(0, 0, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bitsAndWordsBeyondACodeAreRefused() {
        BinaryCodes codes = BinaryCodes.ofSigns(2, 3, new float[6]);
        assertThatThrownBy(() -> codes.bit(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codes.bit(1, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codes.word(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 130})
    void distanceCountsTheBitsThatDiffer(int bits) {
        BinaryCodes left = BinaryCodes.ofSigns(3, bits, signs(3 * bits, 1));
        BinaryCodes right = BinaryCodes.ofSigns(4, bits, signs(4 * bits, 2));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                int expected = 0;
                for (int b = 0; b < bits; b++) {
                    expected += left.bit(i, b) != right.bit(j, b) ? 1 : 0;
                }
                assertThat(left.distance(i, right, j)).isEqualTo(expected);
            }
        }
    }

    @Test
    void codesOfDifferentLengthsHaveNoDistance() {
        BinaryCodes left = BinaryCodes.ofSigns(1, 3, new float[3]);
        BinaryCodes right = BinaryCodes.ofSigns(1, 4, new float[4]);
        assertThatThrownBy(() -> left.distance(0, right, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void selectKeepsTheOrderAndTheRepeats() {
        BinaryCodes codes = BinaryCodes.ofSigns(3, 70, signs(210, 3));
        BinaryCodes chosen = codes.select(new int[] {2, 0, 2});
        assertThat(chosen.size()).isEqualTo(3);
        assertThat(chosen.distance(0, codes, 2)).isZero();
        assertThat(chosen.distance(1, codes, 0)).isZero();
        assertThat(chosen.distance(2, codes, 2)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 12, 64, 130})
    void uniqueCountsWhatASetHolds(int bits) {
        for (int size : new int[] {0, 1, 2, 3, 5, 400}) {
            byte[] bytes = fewDistinct(size, bits);
            BinaryCodes codes = BinaryCodes.ofBytes(size, bits, bytes);
            Set<String> set = new HashSet<>();
            for (int i = 0; i < size; i++) {
                StringBuilder text = new StringBuilder();
                for (int b = 0; b < bits; b++) {
                    text.append(codes.bit(i, b) ? '1' : '0');
                }
                set.add(text.toString());
            }
            assertThat(codes.unique()).isEqualTo(set.size());
        }
    }

    // Codes that differ in the first and in the last bits alone.
    private static byte[] fewDistinct(int size, int bits) {
        SplittableRandom random = new SplittableRandom(bits);
        int width = (bits + 7) / 8;
        byte[] bytes = new byte[size * width];
        for (int i = 0; i < size; i++) {
            bytes[i * width] |= (byte) random.nextInt(1 << Math.min(bits, 4));
            bytes[i * width + width - 1] |= (byte) random.nextInt(1 << (bits - 8 * (width - 1)));
        }
        return bytes;
    }

    @Test
    void uniqueTellsEveryCodeOfTwelveBitsApart() {
        byte[] bytes = new byte[2 * 8192];
        for (int i = 0; i < 8192; i++) {
            bytes[2 * i] = (byte) i;
            bytes[2 * i + 1] = (byte) (i >> 8 & 0x0f);
        }
        assertThat(BinaryCodes.ofBytes(8192, 12, bytes).unique()).isEqualTo(4096);
    }

    @Test
    void equalityLooksAtSizeLengthAndBits() {
        BinaryCodes codes = BinaryCodes.ofSigns(2, 3, new float[6]);
        assertThat(codes).isEqualTo(BinaryCodes.ofBytes(2, 3, new byte[2]));
        assertThat(codes).isNotEqualTo(BinaryCodes.ofSigns(2, 4, new float[8]));
        assertThat(codes).isNotEqualTo(BinaryCodes.ofSigns(3, 3, new float[9]));
        assertThat(codes).isNotEqualTo(BinaryCodes.ofBytes(2, 3, new byte[] {0, 1}));
        assertThat(codes).hasToString("BinaryCodes[2 x 3 bits]");
    }

    @Test
    void handedOutArraysAreCopies() {
        BinaryCodes codes = BinaryCodes.ofSigns(1, 3, new float[] {1, 1, 1});
        codes.toWords()[0] = 0;
        codes.toBytes()[0] = 0;
        assertThat(codes.word(0, 0)).isEqualTo(7);
    }

    /** A search for an empty slot ends, however many codes there are. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 20, 1 << 29, (1 << 29) + 1, 1 << 30, Integer.MAX_VALUE - 9})
    void thereAreMoreSlotsThanCodes(int size) {
        assertThat(BinaryCodes.slots(size)).isGreaterThan(size).isLessThan(Integer.MAX_VALUE - 7);
    }
}
