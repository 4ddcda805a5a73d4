package io.github.linfhash.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void pairsOfBothKindsAreFoundAsByLookingAtEachPair() {
        UniformRandomProvider random = new RandomStreams(5).stream("pairs");
        for (int trial = 0; trial < 400; trial++) {
            int rows = 1 + random.nextInt(5);
            int labels = trial % 3 == 0 ? 70 : 3;
            boolean[] indicator = new boolean[rows * labels];
            for (int i = 0; i < indicator.length; i++) {
                indicator[i] = random.nextInt(labels) < 2;
            }
            int[] classes = random.ints(rows, 0, 3).toArray();
            for (Labels drawn : List.of(ClassLabels.of(classes), LabelSets.of(rows, labels, indicator))) {
                assertThat(drawn.haveSimilarPair()).isEqualTo(anyPair(drawn, true));
                assertThat(drawn.haveDissimilarPair()).isEqualTo(anyPair(drawn, false));
            }
        }
    }

    private static boolean anyPair(Labels labels, boolean similar) {
        return IntStream.range(0, labels.size())
                .anyMatch(i -> IntStream.range(0, i).anyMatch(j -> labels.similar(i, labels, j) == similar));
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

    @Test
    void theMostFrequentLabelsComeFirstAndOfEqualOnesTheLowerIndex() {
        // Label 0 is carried by 1 row, 1 by 2, 2 by 3, 3 by 2, 4 by none.
        boolean[] indicator = {
            true, true, true, false, false,
            false, true, true, true, false,
            false, false, true, true, false,
        };
        LabelSets sets = LabelSets.of(3, 5, indicator);
        assertThat(sets.mostFrequent(5)).containsExactly(2, 1, 3, 0, 4);
        assertThat(sets.mostFrequent(2)).containsExactly(2, 1);
        assertThatThrownBy(() -> sets.mostFrequent(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sets.mostFrequent(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void hashesAreThoseOfTheirDescription() {
        // From hashlib.sha256 over struct.pack of the same numbers.
        assertThat(ClassLabels.of(5, -1, 7).sha256())
                .isEqualTo("c0daff237ae9583a4625ca80a2874b9d241399a3ea9502c1a9175058c6062079");
        boolean[] indicator = new boolean[4 * 70];
        for (int[] set : new int[][] {{0, 0}, {0, 2}, {1, 2}, {3, 1}, {3, 2}, {3, 69}}) {
            indicator[set[0] * 70 + set[1]] = true;
        }
        assertThat(LabelSets.of(4, 70, indicator).sha256())
                .isEqualTo("98149d2169118771b065748d3115696cf1392c81cbbceb4e0eba873292b42804");
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

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 81, 130})
    void keptLabelsAndCountsAreThoseOfTheMatrix(int labels) {
        boolean[] indicator = indicator(50, labels, 3);
        LabelSets sets = LabelSets.of(50, labels, indicator);
        // Backwards and with one label twice, over more than one word where there are as many.
        int[] kept = IntStream.concat(
                        IntStream.of(0), IntStream.range(0, labels).map(l -> labels - 1 - l))
                .toArray();
        LabelSets chosen = sets.keep(kept);
        assertThat(chosen.labels()).isEqualTo(labels + 1);
        int[] perLabel = new int[labels];
        for (int row = 0; row < 50; row++) {
            int inRow = 0;
            for (int label = 0; label < labels; label++) {
                perLabel[label] += indicator[row * labels + label] ? 1 : 0;
                inRow += indicator[row * labels + label] ? 1 : 0;
            }
            for (int k = 0; k < kept.length; k++) {
                assertThat(chosen.has(row, k)).isEqualTo(indicator[row * labels + kept[k]]);
            }
            assertThat(sets.count(row)).isEqualTo(inRow);
        }
        assertThat(sets.counts()).isEqualTo(perLabel);
    }

    @Test
    void packedMasksAreTakenAsTheyAre() {
        LabelSets sets = LabelSets.owning(2, 66, new long[] {1L << 63, 0, 5, 2});
        assertThat(sets.has(0, 63)).isTrue();
        assertThat(sets.has(1, 65)).isTrue();
        assertThat(sets.counts()).startsWith(1, 0, 1, 0).endsWith(1, 0, 1).hasSize(66);
        assertThatThrownBy(() -> LabelSets.owning(2, 66, new long[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LabelSets.owning(1, 66, new long[] {0, 4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row carries a label beyond the 66 labels");
        assertThat(LabelSets.owning(1, 64, new long[] {-1}).count(0)).isEqualTo(64);
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
        assertThatThrownBy(() -> sets.keep(new int[] {2})).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sets.keep(new int[0])).isInstanceOf(IllegalArgumentException.class);
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
