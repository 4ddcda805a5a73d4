package io.github.linfhash.protocols.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Centre;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Norm;
import org.junit.jupiter.api.Test;

class PreprocessorTest {
    private static final FeatureMatrix TRAINING = FeatureMatrix.copyOf(new float[][] {{1, 2}, {3, 6}});

    @Test
    void subtractsTheTrainingMeanThenScalesToLengthOne() {
        FeatureMatrix other = FeatureMatrix.copyOf(new float[][] {{5, 8}, {2, 4}});
        FeatureMatrix result = Preprocessor.fit(new Preprocessing(Centre.TRAINING_MEAN, Norm.L2), TRAINING)
                .apply(other);
        // (5, 8) - (2, 4) = (3, 4), of length 5; (2, 4) is the mean itself and stays a row of zeros.
        assertThat(result.get(0, 0)).isCloseTo(0.6f, within(1e-7f));
        assertThat(result.get(0, 1)).isCloseTo(0.8f, within(1e-7f));
        assertThat(result.get(1, 0)).isZero();
        assertThat(result.get(1, 1)).isZero();
    }

    @Test
    void leavesValuesAsTheyAreWhenNothingIsAsked() {
        FeatureMatrix result = Preprocessor.fit(new Preprocessing(Centre.NONE, Norm.NONE), TRAINING)
                .apply(TRAINING);
        assertThat(result).isEqualTo(TRAINING);
    }

    @Test
    void learnsFromSomeRowsAndAppliesToOthers() {
        FeatureMatrix raw = FeatureMatrix.copyOf(new float[][] {{5, 8}, {1, 2}, {9, 9}, {3, 6}, {2, 5}});
        FeatureMatrix result = Preprocessor.fit(
                        new Preprocessing(Centre.TRAINING_MEAN, Norm.NONE), raw, new int[] {1, 3})
                .apply(raw, new int[] {4, 0});
        assertThat(result).isEqualTo(FeatureMatrix.copyOf(new float[][] {{0, 1}, {3, 4}}));
    }

    @Test
    void doesNotChangeItsInput() {
        FeatureMatrix input = FeatureMatrix.copyOf(new float[][] {{5, 8}});
        Preprocessor.fit(new Preprocessing(Centre.TRAINING_MEAN, Norm.L2), TRAINING)
                .apply(input);
        assertThat(input.get(0, 0)).isEqualTo(5f);
    }
}
