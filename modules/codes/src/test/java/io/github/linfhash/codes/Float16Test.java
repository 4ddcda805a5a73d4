package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Float16Test {
    @Test
    void everyNumberComesBack() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            float value = Float16.toFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(Float16.of(value)).isEqualTo((short) bits);
            }
        }
        assertThat(Float16.toFloat(Float16.of(Float.NaN))).isNaN();
    }

    /** Of all numbers the nearest, and between two of them that with an even fraction. */
    @Test
    void roundsToTheNearest() {
        for (int bits = 0; bits < 0x7bff; bits++) {
            float low = Float16.toFloat((short) bits);
            float high = Float16.toFloat((short) (bits + 1));
            float middle = (low + high) / 2;
            assertThat(Float16.of(middle)).isEqualTo((short) (bits % 2 == 0 ? bits : bits + 1));
            assertThat(Float16.of(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Float16.of(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
        }
        assertThat(Float16.toFloat(Float16.of(65519))).isEqualTo(65504);
        assertThat(Float16.toFloat(Float16.of(-65520))).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Float16.toFloat(Float16.of(Float.MIN_VALUE))).isZero();
    }
}
