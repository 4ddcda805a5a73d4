package io.github.linfhash.baselines.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairSamplerTest {
    private static UniformRandomProvider random() {
        return new RandomStreams(3).stream(PairSampler.STREAM);
    }

    private static TrainingSet training(FeatureMatrix features, Labels labels) {
        return new TrainingSet(features, labels, features);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void halfOfThePairsAreSimilarAndHalfAreNotAndNoneJoinsARowWithItself(boolean sets) {
        Labels labels = sets ? Samples.labelSets(40, 6, 2) : Samples.classes(40, 4);
        LabelledPairs pairs = new PairSampler(training(Samples.clusters(40, 5, 4, 1), labels)).sample(500, random());

        assertThat(pairs.size()).isEqualTo(1000);
        for (int k = 0; k < pairs.size(); k++) {
            assertThat(pairs.similar(k)).isEqualTo(k < 500);
            assertThat(labels.similar(pairs.first(k), labels, pairs.second(k))).isEqualTo(pairs.similar(k));
            assertThat(pairs.first(k)).isNotEqualTo(pairs.second(k));
        }
    }

    @Test
    void everyPairIsDrawnAboutEquallyOften() {
        LabelledPairs pairs =
                new PairSampler(training(Samples.clusters(6, 5, 2, 1), Samples.classes(6, 2))).sample(6000, random());
        int[][] counts = new int[6][6];
        for (int k = 0; k < pairs.size(); k++) {
            counts[pairs.first(k)][pairs.second(k)]++;
        }
        // 12 ordered similar pairs, 500 draws each on average, and 18 dissimilar ones, 333; six standard deviations.
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double expected = i == j ? 0 : 6000 / (i % 2 == j % 2 ? 12.0 : 18.0);
                assertThat(Math.abs(counts[i][j] - expected)).isLessThanOrEqualTo(6 * Math.sqrt(expected));
            }
        }
    }

    @Test
    void identicalImagesAreNoSimilarPairButMayBeADissimilarOne() {
        FeatureMatrix features = FeatureMatrix.copyOf(new float[][] {{1, 2}, {1, 2}, {3, 4}, {1, 2}});
        LabelledPairs pairs = new PairSampler(training(features, ClassLabels.of(0, 0, 0, 1))).sample(200, random());

        boolean identicalAcrossClasses = false;
        for (int k = 0; k < pairs.size(); k++) {
            int i = pairs.first(k);
            int j = pairs.second(k);
            assertThat(pairs.similar(k) && i < 2 && j < 2).isFalse();
            identicalAcrossClasses |= i == 3 && j < 2;
        }
        assertThat(identicalAcrossClasses).isTrue();
    }

    @Test
    void theSameStreamGivesTheSamePairs() {
        PairSampler sampler = new PairSampler(training(Samples.clusters(30, 5, 3, 1), Samples.classes(30, 3)));
        LabelledPairs one = sampler.sample(50, random());
        LabelledPairs two = sampler.sample(50, random());
        for (int k = 0; k < one.size(); k++) {
            assertThat(two.first(k)).isEqualTo(one.first(k));
            assertThat(two.second(k)).isEqualTo(one.second(k));
        }
    }

    @Test
    void aMissingKindOfPairIsSaidInASentence() {
        FeatureMatrix features = Samples.clusters(4, 3, 1, 1);
        LabelSets unlabelled = LabelSets.of(4, 2, new boolean[8]);

        assertThatThrownBy(() -> new PairSampler(training(features, ClassLabels.of(0, 1, 2, 3))).sample(10, random()))
                .isInstanceOf(InputException.class)
                .hasMessage("among 20000 random pairs of the 4 labelled training images, 0 were similar and not"
                        + " identical and 10 were dissimilar; more of both are needed to learn from pairs");
        assertThatThrownBy(() -> new PairSampler(training(features, ClassLabels.of(0, 0, 0, 0))).sample(10, random()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("10 were similar and not identical and 0 were dissimilar");
        assertThatThrownBy(() -> new PairSampler(training(features, unlabelled)).sample(10, random()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("0 were similar");
    }

    @Test
    void theNumberOfPairsIsChecked() {
        assertThatThrownBy(() -> PairSampler.requireValid(0, "psh"))
                .isInstanceOf(InputException.class)
                .hasMessage("psh: pairs must lie between 1 and 100000000, not 0");
        assertThatThrownBy(() -> PairSampler.requireValid(100_000_001, "psh")).isInstanceOf(InputException.class);
    }
}
