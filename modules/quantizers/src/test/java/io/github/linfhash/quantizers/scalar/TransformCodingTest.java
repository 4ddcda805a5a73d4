package io.github.linfhash.quantizers.scalar;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.FixedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.testing.Filled;
import java.util.Arrays;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

class TransformCodingTest {
    private static TransformCoding coding(int bits) {
        return new TransformCoding(new TransformCoding.Options(bits, 1000, 1 << 20));
    }

    /** Of all ways to deal out the bits, none leaves less of the variances, where b bits leave a share of 1 / 4^b. */
    @Test
    void noOtherAllocationLeavesLess() {
        double[] variances = {30, 11, 10, 1, 0.3};
        for (int all = 1; all <= 9; all++) {
            int[] dealt = TransformCoding.allocated(variances, all);
            assertThat(Arrays.stream(dealt).sum()).isEqualTo(all);
            assertThat(left(variances, Arrays.copyOf(dealt, 5))).isCloseTo(least(variances, 0, all), within(1e-12));
        }
    }

    private static double left(double[] variances, int[] bits) {
        double left = 0;
        for (int k = 0; k < bits.length; k++) {
            left += variances[k] * Math.pow(4, -bits[k]);
        }
        return left;
    }

    private static double least(double[] variances, int from, int bits) {
        if (from == variances.length - 1) {
            return variances[from] * Math.pow(4, -bits);
        }
        double least = Double.POSITIVE_INFINITY;
        for (int here = 0; here <= bits; here++) {
            least = Math.min(least, variances[from] * Math.pow(4, -here) + least(variances, from + 1, bits - here));
        }
        return least;
    }

    @Test
    void componentsWithoutVarianceGetNone() {
        assertThat(TransformCoding.allocated(new double[] {4, 1, 0, 0}, 100)).containsExactly(8, 8);
        assertThat(TransformCoding.allocated(new double[] {0, 0}, 3)).isEmpty();
    }

    /** Of a normal distribution: the values of Max, "Quantizing for minimum distortion", 1960, table I. */
    @Test
    void valuesAreThoseOfTheLeastSquaredError() {
        ZigguratSampler.NormalizedGaussian gaussian =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(2).stream("normal"));
        float[] normal = Filled.floats(200_000, i -> (float) gaussian.sample());
        assertThat(coding(1).values(normal, 2)).containsExactly(new float[] {-0.798f, 0.798f}, within(0.01f));
        assertThat(coding(1).values(normal, 4))
                .containsExactly(new float[] {-1.510f, -0.4528f, 0.4528f, 1.510f}, within(0.02f));
    }

    @Test
    void bytesAreThoseOfTheBits() {
        FeatureMatrix vectors = FixedVectors.CONE.database();
        Quantizer.Fitted fitted = coding(30).fit(vectors, Similarity.COSINE, new RandomStreams(0));
        assertThat(fitted.bytes()).isEqualTo(4);
        assertBadInput(() -> coding(8 * 64 + 1).fit(vectors, Similarity.COSINE, new RandomStreams(0)))
                .hasMessage("transform-coding: expected at most 512 bits for 64 dimensions, found 513");
    }
}
