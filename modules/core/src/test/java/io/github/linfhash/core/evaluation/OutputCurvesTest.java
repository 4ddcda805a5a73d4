package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OutputCurvesTest {
    @Test
    void theErrorIsTheDistanceFromTheNearestMultipleOfTheCode() {
        // x = (3, -1): m = 2, s = (1, -1), x - m s = (1, 1), so 2 of 10.
        FeatureMatrix outputs = FeatureMatrix.owning(3, 2, new float[] {3, -1, 0.25f, -0.25f, 0, 0});
        assertThat(OutputCurves.quantizationError(outputs, 0)).isCloseTo(0.2, within(1e-12));
        assertThat(OutputCurves.quantizationError(outputs, 1)).isZero();
        assertThat(OutputCurves.quantizationError(outputs, 2)).isEqualTo(1);
    }

    /** Bounds 1 and 100: no error once each unit has its own scale; without it half of each row's length is one. */
    @Test
    void unitsOfDifferentBoundsAreNoErrorWhereTheirOutputsAreAntipodal() {
        FeatureMatrix antipodal = FeatureMatrix.owning(3, 2, new float[] {1, -100, -1, -100, 1, 100});
        assertThat(OutputCurves.scaledQuantizationError(antipodal)).isCloseTo(0, within(1e-12));
        assertThat(OutputCurves.quantizationError(antipodal, 0)).isGreaterThan(0.48);
    }

    /** Means of |x_i|: 2 and 4. Rows become (1/2, 3/2), (3/2, 1/2): m = 1, errors 0.5 of 2.5. The same whatever the units' scale. */
    @Test
    void theScaledErrorIsThatOfTheOutputsOverTheirMeanMagnitudes() {
        FeatureMatrix outputs = FeatureMatrix.owning(2, 2, new float[] {1, -6, -3, 2});
        assertThat(OutputCurves.scaledQuantizationError(outputs)).isCloseTo(0.2, within(1e-12));
        FeatureMatrix another = FeatureMatrix.owning(2, 2, new float[] {8, -0.75f, -24, 0.25f});
        assertThat(OutputCurves.scaledQuantizationError(another)).isCloseTo(0.2, within(1e-12));
    }

    /** The second unit is dead: half of each code says nothing. Where all are, everything is lost. */
    @Test
    void aUnitThatIsAlwaysZeroIsAnError() {
        FeatureMatrix dead = FeatureMatrix.owning(2, 2, new float[] {3, 0, -3, 0});
        assertThat(OutputCurves.scaledQuantizationError(dead)).isCloseTo(0.5, within(1e-12));
        assertThat(OutputCurves.scaledQuantizationError(FeatureMatrix.owning(1, 2, new float[2])))
                .isEqualTo(1);
    }

    @Test
    void theCurvesHaveTheFirstQueryAndTheErrorsBelowWhichEachPercentOfQueriesIs() {
        // Errors: 0.2, 0, 0.2, 1 of (3, -1), (1, 1), (-1, 3), (0, 0).
        Map<String, double[]> curves =
                OutputCurves.of(FeatureMatrix.owning(4, 2, new float[] {3, -1, 1, 1, -1, 3, 0, 0}));
        assertThat(curves).containsOnlyKeys("outputs.first", "outputs.quantization");
        assertThat(curves.get(OutputCurves.FIRST)).containsExactly(3, -1);
        double[] errors = Objects.requireNonNull(curves.get(OutputCurves.QUANTIZATION));
        assertThat(errors).hasSize(101).isSorted();
        assertThat(new double[] {errors[0], errors[25], errors[26], errors[75], errors[76], errors[100]})
                .containsExactly(new double[] {0, 0, 0.2, 0.2, 1, 1}, within(1e-12));
    }
}
