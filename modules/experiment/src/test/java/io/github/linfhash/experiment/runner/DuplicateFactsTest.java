package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.duplicates.DuplicateRows;
import io.github.linfhash.protocols.split.ClassBalancedSplit;
import io.github.linfhash.protocols.split.SplitRule.DuplicateRule;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import io.github.linfhash.testing.Filled;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** 120 rows of two classes that are 60 different ones, each there twice. */
class DuplicateFactsTest {
    private static final List<Long> SEEDS = List.of(0L, 1L, 2L, 3L, 4L);

    private static String facts(DuplicateRule rule) {
        UniformRandomProvider random = new RandomStreams(3).stream("rows");
        FeatureMatrix rows = FeatureMatrix.owning(60, 20, Filled.floats(60 * 20, i -> random.nextDouble()))
                .select(IntStream.range(0, 120).map(i -> i % 60).toArray());
        ClassLabels labels =
                ClassLabels.of(IntStream.range(0, 120).map(i -> i % 2).toArray());
        return DuplicateFacts.of(
                new ClassBalancedSplit(5, 10, TrainingRows.IN_DATABASE, rule), DuplicateRows.of(rows), labels, SEEDS);
    }

    @Test
    void theSentenceSaysWhatTheRuleDoes() {
        assertThat(facts(DuplicateRule.GROUP))
                .isEqualTo("split.duplicates is group: 120 rows are 60 groups of exact or near duplicates, and no"
                        + " group has a query and a row of the database");
        assertThat(facts(DuplicateRule.KEEP))
                .matches("of 10 queries, [\\d to]+ have an exact duplicate in the database and 0 others a near one"
                        + " \\(seeds 0, 1, 2, 3, 4\\): any code finds these, so that the numbers are too good");
        assertThat(facts(DuplicateRule.DROP))
                .matches(
                        "split.duplicates is drop: [\\d to]+ rows that are exact or near duplicates of a query are left"
                                + " out of the database \\(seeds 0, 1, 2, 3, 4\\)");
    }
}
