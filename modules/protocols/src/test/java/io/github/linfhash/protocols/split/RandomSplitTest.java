package io.github.linfhash.protocols.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.protocols.split.SplitRule.DuplicateRule;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSplitTest {
    private static final ClassLabels LABELS = ClassLabels.of(new int[50]);

    @Test
    void queriesAreNotInTheDatabaseAndTrainingRowsAre() {
        Split split = OneSeed.draw(new RandomSplit(10, 20, null, null), LABELS, 4);
        assertThat(split.query()).hasSize(10).isSorted().doesNotHaveDuplicates();
        assertThat(split.training()).hasSize(20).isSorted().doesNotHaveDuplicates();
        assertThat(split.database()).contains(split.training());
        assertThat(IntStream.concat(Arrays.stream(split.query()), Arrays.stream(split.database()))
                        .sorted())
                .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void seedsDrawDifferentQueriesAndTheSameSeedTheSame() {
        RandomSplit rule = new RandomSplit(10, 20, null, null);
        Split split = OneSeed.draw(rule, LABELS, 4);
        assertThat(OneSeed.draw(rule, LABELS, 4)).isEqualTo(split);
        assertThat(OneSeed.draw(rule, LABELS, 5).query()).isNotEqualTo(split.query());
    }

    @Test
    void trainingRowsCanBeOutsideTheDatabase() {
        Split in = OneSeed.draw(new RandomSplit(10, 20, null, null), LABELS, 4);
        Split out = OneSeed.draw(new RandomSplit(10, 20, TrainingRows.OUTSIDE_DATABASE, null), LABELS, 4);
        assertThat(out.query()).isEqualTo(in.query());
        assertThat(out.training()).isEqualTo(in.training());
        assertThat(out.database()).hasSize(20).doesNotContain(in.training());
        assertThatThrownBy(() -> OneSeed.draw(new RandomSplit(10, 40, TrainingRows.OUTSIDE_DATABASE, null), LABELS, 4))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("the split leaves no database");
    }

    @Test
    void allRowsMayBeDrawnButNotMore() {
        assertThat(OneSeed.draw(new RandomSplit(10, 40, null, null), LABELS, 0).database())
                .hasSize(40);
        assertThatThrownBy(() -> OneSeed.draw(new RandomSplit(10, 41, null, null), LABELS, 0))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "the split leaves too few rows to train on: expected at least 41 that are not a query under any seed, found 40");
    }

    @Test
    void asManyQueriesAsRowsAreRefused() {
        ClassLabels ten = ClassLabels.of(new int[10]);
        assertThat(OneSeed.draw(new RandomSplit(9, 1, null, null), ten, 0).query())
                .hasSize(9);
        assertThatThrownBy(() -> OneSeed.draw(new RandomSplit(10, 1, null, null), ten, 0))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "the split needs more than 10 vectors, as its 10 queries are not searched; the data have 10, so lower split.queries or add vectors");
    }

    @Test
    void duplicatesAreKeptUnlessTheProtocolSaysOtherwise() {
        assertThat(new RandomSplit(1, 1, null, DuplicateRule.KEEP)).isEqualTo(new RandomSplit(1, 1, null, null));
        assertThat(new RandomSplit(1, 1, null, null).duplicateRule()).isEqualTo(DuplicateRule.KEEP);
        assertThat(new RandomSplit(1, 1, null, DuplicateRule.DROP).duplicateRule())
                .isEqualTo(DuplicateRule.DROP);
    }

    @Test
    void noQueriesAreRefused() {
        assertThatThrownBy(() -> new RandomSplit(0, 1, null, null))
                .hasMessage("queries: expected a whole number of at least 1, found 0");
    }
}
