package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CoordinateValuesTest {
    /** Max 1960, table I: for a normal number of variance 1, which a coordinate times sqrt(d) nearly is. */
    @Test
    void areThoseOfANormalNumberInManyDimensions() {
        double scale = Math.sqrt(4096);
        float[] one = TurboQuant.CoordinateValues.of(4096, 1).values();
        assertThat(one[1] * scale).isCloseTo(0.798, within(2e-3));
        float[] two = TurboQuant.CoordinateValues.of(4096, 2).values();
        assertThat(two[2] * scale).isCloseTo(0.453, within(2e-3));
        assertThat(two[3] * scale).isCloseTo(1.510, within(2e-3));
        float[] four = TurboQuant.CoordinateValues.of(4096, 4).values();
        assertThat(four[8] * scale).isCloseTo(0.128, within(2e-3));
        assertThat(four[15] * scale).isCloseTo(2.733, within(5e-3));
    }

    /** In three dimensions a coordinate is uniform on -1..1, so that values have equal steps. */
    @Test
    void areEquallySpacedInThreeDimensions() {
        float[] two = TurboQuant.CoordinateValues.of(3, 2).values();
        assertThat(two).containsExactly(new float[] {-0.75f, -0.25f, 0.25f, 0.75f}, within(1e-3f));
    }

    @Test
    void theNearestIsFound() {
        TurboQuant.CoordinateValues values = TurboQuant.CoordinateValues.of(3, 2);
        assertThat(values.nearest(-2)).isZero();
        assertThat(values.nearest(-0.1f)).isEqualTo(1);
        assertThat(values.nearest(0.1f)).isEqualTo(2);
        assertThat(values.nearest(0.9f)).isEqualTo(3);
    }
}
