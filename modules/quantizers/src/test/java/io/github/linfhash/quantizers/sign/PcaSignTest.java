package io.github.linfhash.quantizers.sign;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.FixedVectors;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class PcaSignTest {
    private static final FixedVectors CONE = FixedVectors.CONE;

    private static PortableQuantizer fitted(int bits) {
        return new PcaSign(new PcaSign.Options(bits, Distance.ASYMMETRIC))
                .fit(CONE.database(), Similarity.EUCLIDEAN, new RandomStreams(3));
    }

    private static byte[] codes(PortableQuantizer fitted) {
        return Objects.requireNonNull(fitted.arrays(CONE.database()).get("codes"))
                .toBytes();
    }

    @Test
    void allComponentsAreADenseRotation() {
        PortableQuantizer rotated = new RotatedSign(
                        new RotatedSign.Options(64, RotatedSign.Rotation.DENSE, Distance.ASYMMETRIC))
                .fit(CONE.database(), Similarity.EUCLIDEAN, new RandomStreams(3));
        assertThat(codes(fitted(64))).isEqualTo(codes(rotated));
    }

    /** The rows of the map are orthonormal, and keep the most variance that so many directions can keep. */
    @Test
    void fewerBitsKeepTheLargestVariance() {
        NpyArray rows = Objects.requireNonNull(fitted(16).parts().arrays().get("rotation"));
        float[] w = rows.toFloats();
        double kept = 0;
        for (int a = 0; a < 16; a++) {
            for (int b = 0; b < 16; b++) {
                double product = 0;
                for (int j = 0; j < 64; j++) {
                    product += (double) w[64 * a + j] * w[64 * b + j];
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, Assertions.within(1e-5));
            }
            kept += variance(w, a);
        }
        double first = 0;
        for (int j = 0; j < 16; j++) {
            float[] unit = new float[64];
            unit[j] = 1;
            first += variance(unit, 0);
        }
        assertThat(kept).isGreaterThan(first);
    }

    private static double variance(float[] rows, int row) {
        FeatureMatrix vectors = CONE.database();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < vectors.rows(); i++) {
            double product = 0;
            for (int j = 0; j < 64; j++) {
                product += (double) rows[64 * row + j] * vectors.get(i, j);
            }
            sum += product;
            squares += product * product;
        }
        return squares / vectors.rows() - Math.pow(sum / vectors.rows(), 2);
    }

    @Test
    void moreBitsThanDimensionsAreRefused() {
        Assertions.assertThatThrownBy(() -> fitted(65))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "pca-sign: a code of 65 bits needs vectors of dimension 65 or more, but these have 64; ask for 64 bits or fewer");
    }
}
