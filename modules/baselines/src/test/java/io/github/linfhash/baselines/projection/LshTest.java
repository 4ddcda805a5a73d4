package io.github.linfhash.baselines.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LshTest {
    private static HashFunction train(int dimension, int bits, long seed) {
        FeatureMatrix any = Samples.clusters(6, dimension, 2, 1);
        return Lsh.SPEC
                .create(Lsh.SPEC.defaults())
                .train(new TrainingSet(any, Samples.classes(6, 2), any), bits, TrainingContext.quiet(seed));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1, Math.PI / 2, 2.5, 3.1})
    void twoVectorsAgreeInABitWithProbabilityOneMinusTheirAngleOverPi(double angle) {
        int bits = 20_000;
        float[][] vectors = {{2, 0, 0, 0}, {(float) (3 * Math.cos(angle)), 0, (float) (3 * Math.sin(angle)), 0}};
        BinaryCodes codes = train(4, bits, 1).encode(FeatureMatrix.copyOf(vectors));

        double agreement = 1 - (double) codes.distance(0, codes, 1) / bits;
        double probability = 1 - angle / Math.PI;
        double deviation = Math.sqrt(probability * (1 - probability) / bits);
        assertThat(agreement).isCloseTo(probability, within(4.5 * deviation));
    }

    @Test
    void oppositeVectorsHaveComplementaryCodesAndLengthDoesNotMatter() {
        BinaryCodes codes = train(3, 64, 2).encode(FeatureMatrix.copyOf(new float[][] {
            {1, -2, 3}, {-1, 2, -3}, {0.25f, -0.5f, 0.75f}
        }));

        assertThat(codes.distance(0, codes, 1)).isEqualTo(64);
        assertThat(codes.distance(0, codes, 2)).isZero();
    }

    @Test
    void theSeedDecidesAndNothingElse() {
        FeatureMatrix features = Samples.clusters(30, 5, 3, 8);
        FeatureMatrix other = Samples.clusters(9, 5, 3, 99);
        TrainingSet training = new TrainingSet(other, Samples.classes(9, 3), features);
        BinaryCodes codes = train(5, 40, 3).encode(features);

        assertThat(Lsh.SPEC
                        .create(Lsh.SPEC.defaults())
                        .train(training, 40, TrainingContext.quiet(3))
                        .encode(features))
                .isEqualTo(codes);
        assertThat(train(5, 40, 4).encode(features)).isNotEqualTo(codes);
    }
}
