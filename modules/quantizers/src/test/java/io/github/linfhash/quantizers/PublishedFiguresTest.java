package io.github.linfhash.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.RaBitQCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.quantizers.scalar.TurboQuant;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors on random vectors of norm 1 beside those that papers state; docs/quantizers-reference.md shows them. */
@Tag("slow")
class PublishedFiguresTest {
    private static final int DIMENSION = 256;
    private static final int ROWS = 500;
    private static final FeatureMatrix VECTORS = units(ROWS, "vectors");
    private static final FeatureMatrix QUERIES = units(200, "queries");

    private static FeatureMatrix units(int rows, String name) {
        double[] values = Matrices.flatten(Matrices.gaussian(rows, DIMENSION, new RandomStreams(7).stream(name)));
        FeatureMatrix normal = FeatureMatrix.owning(rows, DIMENSION, Matrices.toFloats(values));
        return PreparedVectors.of(Similarity.COSINE, normal, name);
    }

    /** About the origin, so that estimates are inner products. */
    private static RaBitQ.Fitted rabitq(int bits, int queryBits) {
        double[][] rotation = LinearMap.randomRotation(DIMENSION, new RandomStreams(8), "rotation");
        return new RaBitQ.Fitted(
                new RaBitQ.Options(bits, DIMENSION, queryBits, 32),
                Similarity.DOT,
                LinearMap.of(rotation, new float[DIMENSION]));
    }

    private static Quantizer.Encoded turboquant(int bits, boolean unbiased) {
        return new TurboQuant(new TurboQuant.Options(bits, DIMENSION, unbiased, null, null, null))
                .fit(VECTORS, Similarity.DOT, new RandomStreams(9))
                .encode(VECTORS);
    }

    /** Gao and Long, SIGMOD 2024: the mean cosine of a vector and its code is about 0.8, by their formula 0.7987 in 256 dimensions. */
    @Test
    void cosinesOfSingleBitsAreThoseOfThePaper() {
        double mean = 0;
        for (float factor : rabitq(1, 0).codes(VECTORS).factors()) {
            mean += 1 / (factor * Math.sqrt(DIMENSION) / 2) / ROWS;
        }
        double d = DIMENSION;
        double ratio = Math.exp(Gamma.logGamma(d / 2) - Gamma.logGamma((d - 1) / 2));
        double expected = Math.sqrt(d / Math.PI) * 2 * ratio / (d - 1);
        assertThat(mean).isCloseTo(expected, within(0.002));
    }

    /** The squared sine of the angle between a vector and its code, on average. */
    private static double squaredSine(int bits) {
        RaBitQCodes codes = rabitq(bits, 0).codes(VECTORS);
        double middle = ((1 << bits) - 1) / 2.0;
        float[] factors = codes.factors();
        double mean = 0;
        for (int i = 0; i < ROWS; i++) {
            double squares = 0;
            for (int j = 0; j < DIMENSION; j++) {
                double y = codes.planes().number(i, j) - middle;
                squares += y * y;
            }
            mean += (1 - 1 / (factors[i] * factors[i] * squares)) / ROWS;
        }
        return mean;
    }

    /**
     * Codes of several bits are uniform grids whose scale is the best for each vector, so that they lose somewhat less than the best uniform
     * grid for normal numbers (J. Max, Quantizing for minimum distortion, 1960, table II).
     */
    @ParameterizedTest
    @CsvSource({"1, 0.3634", "2, 0.1188", "3, 0.03744", "4, 0.01154"})
    void errorsOfRaBitQAreThoseOfUniformGrids(int bits, double expected) {
        assertThat(squaredSine(bits)).isBetween(0.9 * expected, expected);
    }

    /** SIGMOD 2024, theorem 3.2: an error is as large as sqrt((1 - a^2) / a^2 / (D - 1)), where a is the cosine, and its mean is 0. */
    @ParameterizedTest
    @CsvSource({"1, 4", "1, 0", "2, 0", "4, 0"})
    void errorsOfRaBitQAreThoseOfThePaper(int bits, int queryBits) {
        Errors errors = errors(rabitq(bits, queryBits).encode(VECTORS));
        double sine = squaredSine(bits);
        double unit = Math.sqrt(sine / (1 - sine) / (DIMENSION - 1));
        assertThat(errors.mean / unit).isCloseTo(0, within(0.02));
        assertThat(Math.sqrt(errors.squares) / unit).isCloseTo(1, within(queryBits == 4 ? 0.04 : 0.02));
    }

    /** Zandieh et al., arXiv:2504.19874: the mean squared error of a vector of norm 1. */
    @ParameterizedTest
    @CsvSource({"1, 0.36, 0.02", "2, 0.117, 0.02", "3, 0.03, 0.2", "4, 0.009, 0.1"})
    void squaredErrorsOfTurboQuantAreThoseOfThePaper(int bits, double expected, double reach) {
        FeatureMatrix axes = FeatureMatrix.owning(DIMENSION, DIMENSION, identity());
        Quantizer.Estimates coordinates = turboquant(bits, false).estimates(axes);
        double error = 0;
        for (int j = 0; j < DIMENSION; j++) {
            for (int i = 0; i < ROWS; i++) {
                error += Math.pow(VECTORS.get(i, j) + coordinates.forQuery(j).to(i), 2) / ROWS;
            }
        }
        assertThat(error).isCloseTo(expected, within(reach * expected));
    }

    /** Squared errors of inner products in the same paper: their mean with queries of norm 1, times d, with one bit more for the rest. */
    @ParameterizedTest
    @CsvSource({"1, 0.56, 0.03", "2, 0.18, 0.04", "3, 0.047, 0.17"})
    void productErrorsOfTurboQuantAreThoseOfThePaper(int bits, double expected, double reach) {
        Errors errors = errors(turboquant(bits, true));
        assertThat(errors.squares * DIMENSION).isCloseTo(expected, within(reach * expected));
        assertThat(errors.mean / Math.sqrt(errors.squares)).isCloseTo(0, within(0.02));
    }

    private static float[] identity() {
        float[] values = new float[DIMENSION * DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            values[j * (DIMENSION + 1)] = 1;
        }
        return values;
    }

    private record Errors(double mean, double squares) {}

    private static Errors errors(Quantizer.Encoded codes) {
        Quantizer.Estimates estimates = codes.estimates(QUERIES);
        double mean = 0;
        double squares = 0;
        double all = (double) ROWS * QUERIES.rows();
        for (int q = 0; q < QUERIES.rows(); q++) {
            for (int i = 0; i < ROWS; i++) {
                double error = -estimates.forQuery(q).to(i) - Samples.product(VECTORS, i, QUERIES, q);
                mean += error / all;
                squares += error * error / all;
            }
        }
        return new Errors(mean, squares);
    }
}
