package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitStatisticsTest {
    @Test
    void valuesByHand() {
        // Bit 0 is 1 in three of four rows, bit 1 in two, bit 2 is the opposite of bit 1, bit 3 is never 1.
        BitStatistics bits = BitStatistics.of(BinaryCodes.ofBytes(4, 4, new byte[] {0b0101, 0b0011, 0b0011, 0b0100}));
        assertThat(bits.bias()).isCloseTo((0.5 + 0 + 0 + 1) / 4, within(1e-15));
        // Means of products: 0 and 1: 2 - 1 of 4 rows agree more than not; 0 and 2: the opposite; 1 and 2: always
        // opposite.
        assertThat(bits.correlation()).isCloseTo((0.5 + 0.5 + 1 + 0.5 + 0 + 0) / 6, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 130})
    void equalsSumsOfProductsOfSigns(int bits) {
        for (int rows : new int[] {1, 63, 64, 65, 200}) {
            BinaryCodes codes =
                    RandomExperiment.draw(bits, rows, true, bits + rows).databaseCodes();
            double bias = 0;
            double correlation = 0;
            for (int a = 0; a < bits; a++) {
                long sum = 0;
                for (int i = 0; i < rows; i++) {
                    sum += codes.bit(i, a) ? 1 : -1;
                }
                bias += Math.abs((double) sum / rows) / bits;
                for (int b = 0; b < a; b++) {
                    long product = 0;
                    for (int i = 0; i < rows; i++) {
                        product += codes.bit(i, a) == codes.bit(i, b) ? 1 : -1;
                    }
                    correlation += Math.abs((double) product / rows) / (bits * (bits - 1) / 2.0);
                }
            }
            BitStatistics found = BitStatistics.of(codes);
            assertThat(found.bias()).isCloseTo(bias, within(1e-12));
            assertThat(found.correlation()).isCloseTo(correlation, within(1e-12));
        }
    }

    @Test
    void thereMustBeACode() {
        assertThatThrownBy(() -> BitStatistics.of(BinaryCodes.ofBytes(0, 4, new byte[0])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
