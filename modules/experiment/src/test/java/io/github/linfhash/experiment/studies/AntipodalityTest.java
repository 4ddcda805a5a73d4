package io.github.linfhash.experiment.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class AntipodalityTest {
    private static Antipodality of(List<Double> bounds, float[]... rows) {
        FeatureMatrix values = FeatureMatrix.copyOf(rows);
        BinaryCodes codes = BinaryCodes.ofSigns(values.rows(), values.dimension(), values.toArray());
        return Antipodality.of(new QueryOutputs("x", values, codes, bounds));
    }

    @Test
    void antipodalSignalsLoseNothing() {
        Antipodality measured = of(List.of(2.0, 2.0), new float[] {2, -2}, new float[] {-2, 2});
        assertThat(measured).isEqualTo(new Antipodality(0, 1, -2, 0, 2));
    }

    /** x = (3, 1): m = 2, ||x - (2, 2)||^2 = 2, ||x||^2 = 10. x = (0, 0): 1 by definition. The mean is 0.6. */
    @Test
    void errorsAreRelativeAndAveragedOverTheQueries() {
        Antipodality measured = of(List.of(3.0, 3.0), new float[] {3, 1}, new float[] {0, 0});
        assertThat(measured.quantizationError()).isCloseTo(0.6, within(1e-12));
        assertThat(measured.zeros()).isEqualTo(0.5);
        assertThat(measured.atBound()).isEqualTo(0.25);
        assertThat(measured.uniqueCodes()).isEqualTo(2);
    }

    /** A zero is coded as -1: x = (4, 0), m = 2, x - (2, -2) = (2, 2), so 8 / 16. */
    @Test
    void zerosAreQuantizedAsTheirBitSays() {
        assertThat(of(List.of(4.0, 4.0), new float[] {4, 0}).quantizationError())
                .isCloseTo(0.5, within(1e-12));
    }

    /** 0, 0, 0, 4 about their mean 1: second moment (3 + 9) / 4 = 3, fourth (3 + 81) / 4 = 21; 21 / 9 - 3. */
    @Test
    void kurtosisIsThatOfAllEntriesTogether() {
        Antipodality measured = of(List.of(4.0, 4.0), new float[] {0, 0}, new float[] {0, 4});
        assertThat(measured.excessKurtosis()).isCloseTo(21.0 / 9 - 3, within(1e-12));
    }

    @Test
    void equalEntriesHaveNoKurtosis() {
        assertThat(of(List.of(1.0, 1.0), new float[] {1, 1}).excessKurtosis()).isNaN();
    }

    @Test
    void theBoundIsThatOfTheUnitAndReachedFromATenthOfAPercentBelow() {
        Antipodality measured = of(List.of(1.0, 10.0), new float[] {0.9995f, 9.98f}, new float[] {-1, -9.995f});
        assertThat(measured.atBound()).isEqualTo(0.75);
    }

    /** A unit that is 0 for all queries reaches nothing. */
    @Test
    void zerosAreNeverAtTheirBound() {
        assertThat(of(List.of(0.0, 1.0), new float[] {0, 1}).atBound()).isEqualTo(0.5);
    }

    @Test
    void theLargestMagnitudeIsThatOfTheUnitOverAllQueries() {
        FeatureMatrix values = FeatureMatrix.copyOf(new float[][] {{1, -2}, {-3, 0.5f}});
        assertThat(QueryOutputs.largestMagnitude(values, 0)).isEqualTo(3);
        assertThat(QueryOutputs.largestMagnitude(values, 1)).isEqualTo(2);
    }
}
