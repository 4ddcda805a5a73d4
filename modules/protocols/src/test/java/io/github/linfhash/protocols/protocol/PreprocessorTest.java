package io.github.linfhash.protocols.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Center;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Norm;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Rows;
import io.github.linfhash.testing.InputErrors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessorTest {
    private static final FeatureMatrix TRAINING = FeatureMatrix.copyOf(new float[][] {{1, 2}, {3, 6}});

    @Test
    void subtractsTheTrainingMeanThenScalesToLengthOne() {
        FeatureMatrix other = FeatureMatrix.copyOf(new float[][] {{5, 8}, {2, 4}});
        FeatureMatrix result = Preprocessor.fit(new Preprocessing(null, Center.TRAINING_MEAN, Norm.L2), TRAINING)
                .apply(other);
        // (5, 8) - (2, 4) = (3, 4), of length 5; (2, 4) is the mean itself and stays a row of zeros.
        assertThat(result.get(0, 0)).isCloseTo(0.6f, within(1e-7f));
        assertThat(result.get(0, 1)).isCloseTo(0.8f, within(1e-7f));
        assertThat(result.get(1, 0)).isZero();
        assertThat(result.get(1, 1)).isZero();
    }

    @Test
    void leavesValuesAsTheyAreWhenNothingIsAsked() {
        FeatureMatrix result = Preprocessor.fit(new Preprocessing(null, Center.NONE, Norm.NONE), TRAINING)
                .apply(TRAINING);
        assertThat(result).isEqualTo(TRAINING);
    }

    @Test
    void learnsFromSomeRowsAndAppliesToOthers() {
        FeatureMatrix raw = FeatureMatrix.copyOf(new float[][] {{5, 8}, {1, 2}, {9, 9}, {3, 6}, {2, 5}});
        FeatureMatrix result = Preprocessor.fit(
                        new Preprocessing(null, Center.TRAINING_MEAN, Norm.NONE), raw, new int[] {1, 3})
                .apply(raw, new int[] {4, 0});
        assertThat(result).isEqualTo(FeatureMatrix.copyOf(new float[][] {{0, 1}, {3, 4}}));
    }

    @Test
    void hellingerTakesTheRootsOfSharesBeforeTheMean() {
        FeatureMatrix counts = FeatureMatrix.copyOf(new float[][] {{1, 3}, {9, 0}, {0, 0}, {8, 8}});
        Preprocessing rule = new Preprocessing(Rows.HELLINGER, Center.TRAINING_MEAN, Norm.NONE);
        FeatureMatrix result = Preprocessor.fit(rule, counts, new int[] {0, 1}).apply(counts);
        // Roots of shares: (1/2, sqrt(3)/2), (1, 0), (0, 0), (sqrt(1/2), sqrt(1/2)); the mean of the first two is taken
        // off.
        double[][] expected = {{0.5, Math.sqrt(0.75)}, {1, 0}, {0, 0}, {Math.sqrt(0.5), Math.sqrt(0.5)}};
        for (int i = 0; i < 4; i++) {
            assertThat((double) result.get(i, 0)).isCloseTo(expected[i][0] - 0.75, within(1e-7));
            assertThat((double) result.get(i, 1)).isCloseTo(expected[i][1] - Math.sqrt(0.75) / 2, within(1e-7));
        }
        FeatureMatrix negative = FeatureMatrix.copyOf(new float[][] {{1, 3}, {2, -1}});
        InputErrors.assertOneSentence(
                () -> Preprocessor.fit(rule, negative), "no negative features for hellinger", "-1.0 in row 1");
    }

    /** Vectors of many orders of magnitude, so that another order of summation would show in the last bits. */
    @ParameterizedTest
    @EnumSource(Norm.class)
    void vectorsThatAreReadHaveTheSameBits(Norm norm) {
        float[] values = new float[23 * 11];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (i * 37 % 101 * Math.pow(10, i % 7 - 3));
        }
        FeatureMatrix raw = FeatureMatrix.owning(23, 11, values);
        for (Rows rows : new Rows[] {null, Rows.HELLINGER}) {
            Preprocessor preprocessor =
                    Preprocessor.fit(new Preprocessing(rows, Center.TRAINING_MEAN, norm), raw, new int[] {1, 4});
            FeatureMatrix expected = preprocessor.apply(raw);
            FeatureMatrix read = preprocessor.reading(raw);
            assertThat(read.isInMemory()).isFalse();
            assertThat(read).isEqualTo(expected);
            float[] part = new float[5 + 9 * 11];
            read.copyRows(6, 9, part, 5);
            assertThat(Arrays.copyOfRange(part, 5, part.length))
                    .isEqualTo(expected.part(6, 9).toArray());
        }
    }

    @Test
    void readingNamesTheRow() {
        Preprocessor preprocessor =
                Preprocessor.fit(new Preprocessing(Rows.HELLINGER, Center.NONE, Norm.NONE), TRAINING);
        FeatureMatrix negative = FeatureMatrix.copyOf(new float[][] {{1, 3}, {2, -1}});
        InputErrors.assertOneSentence(
                () -> preprocessor.reading(negative).toArray(), "no negative features for hellinger", "-1.0 in row 1");
        assertThatThrownBy(() -> preprocessor.reading(FeatureMatrix.copyOf(new float[][] {{1}})))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotChangeItsInput() {
        FeatureMatrix input = FeatureMatrix.copyOf(new float[][] {{5, 8}});
        Preprocessor.fit(new Preprocessing(null, Center.TRAINING_MEAN, Norm.L2), TRAINING)
                .apply(input);
        assertThat(input.get(0, 0)).isEqualTo(5f);
    }
}
