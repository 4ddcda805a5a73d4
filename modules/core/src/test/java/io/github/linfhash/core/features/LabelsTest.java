package io.github.linfhash.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
    @Test
    void classesAreSimilarIfEqual() {
        Relevance relevance =
                Relevance.bySimilarLabels(ClassLabels.of(3, -1, Integer.MIN_VALUE), ClassLabels.of(0, 3, -1, 3, 2));
        assertThat(marks(relevance, 0)).containsExactly(0, 1, 0, 1, 0);
        assertThat(marks(relevance, 1)).containsExactly(0, 0, 1, 0, 0);
        assertThat(marks(relevance, 2)).containsExactly(0, 0, 0, 0, 0);
        assertThat(relevance.queries()).isEqualTo(3);
        assertThat(relevance.databaseRows()).isEqualTo(5);
    }

    @Test
    void classesThatDifferByTheLargestAmountAreNotSimilar() {
        ClassLabels labels = ClassLabels.of(0, Integer.MIN_VALUE, Integer.MAX_VALUE, -1);
        for (int query = 0; query < 4; query++) {
            byte[] only = new byte[4];
            only[query] = 1;
            assertThat(marks(Relevance.bySimilarLabels(labels, labels), query)).isEqualTo(only);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 63, 64, 65, 130})
    void setsAreSimilarIfTheyShareALabel(int labels) {
        boolean[] queries = indicator(6, labels, 1);
        boolean[] database = indicator(40, labels, 2);
        LabelSets querySets = LabelSets.of(6, labels, queries);
        LabelSets databaseSets = LabelSets.of(40, labels, database);
        Relevance relevance = Relevance.bySimilarLabels(querySets, databaseSets);
        for (int q = 0; q < 6; q++) {
            byte[] marks = marks(relevance, q);
            for (int i = 0; i < 40; i++) {
                boolean shared = false;
                for (int label = 0; label < labels; label++) {
                    shared |= queries[q * labels + label] && database[i * labels + label];
                    assertThat(databaseSets.has(i, label)).isEqualTo(database[i * labels + label]);
                }
                assertThat(marks[i]).isEqualTo((byte) (shared ? 1 : 0));
                assertThat(querySets.similar(q, databaseSets, i)).isEqualTo(shared);
            }
        }
    }

    private static boolean[] indicator(int rows, int labels, long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("labels");
        boolean[] indicator = new boolean[rows * labels];
        for (int k = 0; k < indicator.length; k++) {
            indicator[k] = random.nextDouble() < 0.9 / Math.sqrt(labels);
        }
        // The last label alone in the last row: the highest bit counts too.
        indicator[indicator.length - 1] = true;
        return indicator;
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 130})
    void aRangeOfRowsHasTheMarksOfThoseRowsAndNoOthersAreWritten(int labels) {
        LabelSets sets = LabelSets.of(40, labels, indicator(40, labels, 3));
        int[] classes = new int[40];
        Arrays.setAll(classes, row -> row % 3);
        for (Labels each : List.of(sets, ClassLabels.of(classes))) {
            Relevance relevance = Relevance.bySimilarLabels(each, each);
            byte[] flags = new byte[40];
            Arrays.fill(flags, (byte) 7);
            relevance.mark(4, 11, 9, flags);
            assertThat(Arrays.copyOf(flags, 9)).isEqualTo(Arrays.copyOfRange(marks(relevance, 4), 11, 20));
            assertThat(Arrays.copyOfRange(flags, 9, 40)).containsOnly(7);
        }
    }

    // Starts from flags that are set, so that marks that are left untouched show.
    private static byte[] marks(Relevance relevance, int query) {
        byte[] flags = new byte[relevance.databaseRows()];
        Arrays.fill(flags, (byte) 7);
        relevance.mark(query, 0, flags.length, flags);
        return flags;
    }

    @Test
    void selectKeepsTheOrder() {
        assertThat(ClassLabels.of(4, 5, 6).select(new int[] {2, 0})).isEqualTo(ClassLabels.of(6, 4));
        LabelSets sets = LabelSets.of(2, 2, new boolean[] {true, false, true, true});
        assertThat(sets.select(new int[] {1, 0}))
                .isEqualTo(LabelSets.of(2, 2, new boolean[] {true, true, true, false}));
    }

    @Test
    void labelsOfDifferentKindsCannotBeCompared() {
        ClassLabels classes = ClassLabels.of(1);
        LabelSets two = LabelSets.of(1, 2, new boolean[] {true, false});
        LabelSets three = LabelSets.of(1, 3, new boolean[] {true, false, false});
        assertThatThrownBy(() -> Relevance.bySimilarLabels(classes, two)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Relevance.bySimilarLabels(two, classes)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Relevance.bySimilarLabels(two, three)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> classes.similar(0, two, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> two.similar(0, three, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void labelsBeyondTheSetAreRefused() {
        LabelSets sets = LabelSets.of(2, 2, new boolean[4]);
        assertThatThrownBy(() -> sets.has(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> LabelSets.of(2, 2, new boolean[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LabelSets.of(2, 0, new boolean[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void classesCannotBeChangedFromOutside() {
        int[] given = {1, 2};
        ClassLabels labels = ClassLabels.of(given);
        given[0] = 9;
        labels.toArray()[1] = 9;
        assertThat(labels).isEqualTo(ClassLabels.of(1, 2));
    }
}
