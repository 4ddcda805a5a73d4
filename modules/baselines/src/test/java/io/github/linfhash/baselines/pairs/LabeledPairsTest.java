package io.github.linfhash.baselines.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabeledPairsTest {
    private static LabeledPairs draw(Labels labels) {
        var features = Samples.clusters(40, 5, 4, 1);
        return LabeledPairs.draw(new TrainingSet(features, labels, features), 500, new RandomStreams(3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void halfOfThePairsAreSimilarAndHalfAreNotAndNoneJoinsARowWithItself(boolean sets) {
        Labels labels = sets ? Samples.labelSets(40, 6, 2) : Samples.classes(40, 4);
        LabeledPairs pairs = draw(labels);

        assertThat(pairs.size()).isEqualTo(1000);
        for (int k = 0; k < pairs.size(); k++) {
            assertThat(pairs.similar(k)).isEqualTo(k < 500);
            assertThat(labels.similar(pairs.first(k), labels, pairs.second(k))).isEqualTo(pairs.similar(k));
            assertThat(pairs.first(k)).isNotEqualTo(pairs.second(k));
        }
    }

    @Test
    void theSameSeedGivesTheSamePairs() {
        LabeledPairs one = draw(Samples.classes(40, 4));
        LabeledPairs two = draw(Samples.classes(40, 4));
        for (int k = 0; k < one.size(); k++) {
            assertThat(two.first(k)).isEqualTo(one.first(k));
            assertThat(two.second(k)).isEqualTo(one.second(k));
        }
    }
}
