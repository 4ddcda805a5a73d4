package io.github.linfhash.protocols.split;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.junit.jupiter.api.Test;

class LabelSplitsTest {
    private static final int ROWS = 600;
    private static final int LABELS = 6;

    /** Label l is carried by about one row in (2, 3, 5, 9, 20, 60)[l]; some rows carry none. */
    private static LabelSets sets() {
        int[] oneIn = {9, 2, 60, 5, 3, 20};
        var random = new RandomStreams(11).stream("labels");
        boolean[] indicator = new boolean[ROWS * LABELS];
        for (int i = 0; i < indicator.length; i++) {
            indicator[i] = random.nextInt(oneIn[i % LABELS]) == 0;
        }
        return LabelSets.of(ROWS, LABELS, indicator);
    }

    private static final LabelSets SETS = sets();

    /** The labels by frequency, counted anew. */
    private static final int[] BY_FREQUENCY = {1, 4, 3, 0, 5, 2};

    private static boolean carriesOneOfFirst(int labels, int row) {
        return Arrays.stream(BY_FREQUENCY).limit(labels).anyMatch(label -> SETS.has(row, label));
    }

    @Test
    void truthIsTheMostFrequentLabelsAlone() {
        LabelSets truth = new LabelBalancedSplit(4, 5, 50, null, null).truth(SETS);
        assertThat(truth.labels()).isEqualTo(4);
        for (int row = 0; row < ROWS; row++) {
            for (int k = 0; k < 4; k++) {
                assertThat(truth.has(row, k)).isEqualTo(SETS.has(row, BY_FREQUENCY[k]));
            }
        }
        assertThat(new LabelBalancedSplit(null, 5, 50, null, null).truth(SETS).labels())
                .isEqualTo(LABELS);
    }

    @Test
    void everyLabelHasItsOwnQueriesAndNoRowIsAQueryTwice() {
        Split split = OneSeed.draw(new LabelBalancedSplit(4, 20, 50, null, null), SETS, 4);
        assertThat(split.query()).hasSize(4 * 20).doesNotHaveDuplicates().isSorted();
        assertThat(assignable(split.query(), 4, 20)).isTrue();
    }

    /** Whether each of the labels can be given so many queries of its own: augmenting paths, row by row. */
    private static boolean assignable(int[] queries, int labels, int each) {
        int[] place = new int[labels * each];
        Arrays.fill(place, -1);
        return Arrays.stream(queries).allMatch(row -> augment(row, place, each, new HashSet<>()));
    }

    private static boolean augment(int row, int[] place, int each, Set<Integer> tried) {
        for (int p = 0; p < place.length; p++) {
            if (SETS.has(row, BY_FREQUENCY[p / each]) && tried.add(p)) {
                if (place[p] < 0 || augment(place[p], place, each, tried)) {
                    place[p] = row;
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void theDatabaseIsEveryOtherRowWithOneOfTheLabelsAndTrainingIsInIt() {
        Split split = OneSeed.draw(new LabelBalancedSplit(3, 10, 70, null, null), SETS, 4);
        Set<Integer> queries = new HashSet<>();
        Arrays.stream(split.query()).forEach(queries::add);
        int[] expected = IntStream.range(0, ROWS)
                .filter(row -> carriesOneOfFirst(3, row) && !queries.contains(row))
                .toArray();
        assertThat(split.database()).containsExactly(expected);
        assertThat(split.database()).contains(split.training());
        assertThat(split.training()).hasSize(70).isSorted();
        assertThat(split.searchableOrTraining()).isEqualTo(split.database());
        assertThat(split.keepsQueries()).isFalse();
    }

    @Test
    void aRareLabelGetsItsQueriesBeforeCommonOnesTakeItsRows() {
        // Every row with the rare label has the common one too; drawn first, the common label could take them all.
        boolean[] indicator = new boolean[12 * 2];
        for (int row = 0; row < 12; row++) {
            indicator[row * 2] = true;
            indicator[row * 2 + 1] = row < 4;
        }
        LabelSets sets = LabelSets.of(12, 2, indicator);
        for (int seed = 0; seed < 50; seed++) {
            Split split = OneSeed.draw(new LabelBalancedSplit(2, 4, 1, null, null), sets, seed);
            assertThat(split.query()).startsWith(0, 1, 2, 3).hasSize(8);
        }
    }

    @Test
    void everyRowOfALabelIsAQueryAboutEquallyOften() {
        LabelSets sets = LabelSets.of(10, 1, allTrue(10));
        int[] drawn = new int[10];
        for (int seed = 0; seed < 2000; seed++) {
            for (int row : OneSeed.draw(new LabelBalancedSplit(1, 3, 2, null, null), sets, seed)
                    .query()) {
                drawn[row]++;
            }
        }
        // Binomial with mean 600 and deviation 20.5: five deviations.
        assertThat(Arrays.stream(drawn)).allMatch(count -> count > 497 && count < 703);
    }

    @Test
    void rowsAreDrawnFromTheStreamSplit() {
        LabelSets ten = LabelSets.of(10, 1, allTrue(10));
        int[] drawn = new PermutationSampler(new RandomStreams(4).stream("split"), 10, 3).sample();
        Arrays.sort(drawn);
        assertThat(OneSeed.draw(new LabelBalancedSplit(1, 3, 2, null, null), ten, 4)
                        .query())
                .containsExactly(drawn);
        assertThat(OneSeed.draw(new CopiedQueriesSplit(1, 3, 2, null), ten, 4).query())
                .containsExactly(drawn);
    }

    private static boolean[] allTrue(int n) {
        boolean[] values = new boolean[n];
        Arrays.fill(values, true);
        return values;
    }

    @Test
    void copiedQueriesStayInADatabaseOfAllRows() {
        Split split = OneSeed.draw(new CopiedQueriesSplit(3, 12, 80, null), SETS, 4);
        assertThat(split.keepsQueries()).isTrue();
        assertThat(split.database()).containsExactly(IntStream.range(0, ROWS).toArray());
        assertThat(split.training()).hasSize(80).doesNotHaveDuplicates();
        assertThat(Arrays.stream(split.training())).allMatch(row -> carriesOneOfFirst(3, row));
        int[] queries = split.query();
        int from = 0;
        for (int label = 0; label < LABELS; label++) {
            int wanted = Math.min(12, SETS.counts()[label]);
            int[] own = Arrays.copyOfRange(queries, from, from + wanted);
            int of = label;
            assertThat(own).doesNotHaveDuplicates();
            assertThat(Arrays.stream(own)).allMatch(row -> SETS.has(row, of));
            from += wanted;
        }
        assertThat(queries).hasSize(from);
        // Some rows are queries of more than one label, and some carry none of the three that make relevant.
        assertThat(Arrays.stream(queries).distinct().count()).isLessThan(queries.length);
        assertThat(Arrays.stream(queries)).anyMatch(row -> !carriesOneOfFirst(3, row));
    }

    @Test
    void trainingRowsCanBeOutsideTheDatabase() {
        Split in = OneSeed.draw(new LabelBalancedSplit(3, 10, 70, null, null), SETS, 4);
        Split out = OneSeed.draw(new LabelBalancedSplit(3, 10, 70, TrainingRows.OUTSIDE_DATABASE, null), SETS, 4);
        assertThat(out.query()).isEqualTo(in.query());
        assertThat(out.training()).isEqualTo(in.training());
        assertThat(out.database()).isEqualTo(without(in.database(), in.training()));
        Split copied = OneSeed.draw(new CopiedQueriesSplit(3, 12, 80, TrainingRows.OUTSIDE_DATABASE), SETS, 4);
        assertThat(copied.query())
                .isEqualTo(OneSeed.draw(new CopiedQueriesSplit(3, 12, 80, null), SETS, 4)
                        .query());
        // Each query finds itself, so that none of them is trained on.
        assertThat(copied.training()).hasSize(80).isEqualTo(without(copied.training(), copied.query()));
        assertThat(copied.database()).isEqualTo(without(IntStream.range(0, ROWS).toArray(), copied.training()));
        int left = (int) IntStream.range(0, ROWS)
                        .filter(row -> carriesOneOfFirst(3, row))
                        .count()
                - (int) Arrays.stream(copied.query())
                        .distinct()
                        .filter(row -> carriesOneOfFirst(3, row))
                        .count();
        assertOneSentence(
                () -> OneSeed.draw(new CopiedQueriesSplit(3, 12, left + 1, TrainingRows.OUTSIDE_DATABASE), SETS, 4),
                "at least " + (left + 1));
        LabelSets ten = LabelSets.of(10, 1, allTrue(10));
        assertOneSentence(
                () -> OneSeed.draw(new LabelBalancedSplit(1, 3, 7, TrainingRows.OUTSIDE_DATABASE, null), ten, 4),
                "no database");
    }

    private static int[] without(int[] rows, int[] others) {
        return Arrays.stream(rows)
                .filter(row -> Arrays.stream(others).noneMatch(other -> other == row))
                .toArray();
    }

    @Test
    void anotherSeedGivesAnotherSplit() {
        for (SplitRule rule :
                new SplitRule[] {new LabelBalancedSplit(4, 5, 50, null, null), new CopiedQueriesSplit(4, 5, 50, null)
                }) {
            String first = OneSeed.draw(rule, SETS, 4).sha256();
            assertThat(OneSeed.draw(rule, SETS, 4).sha256()).isEqualTo(first);
            assertThat(OneSeed.draw(rule, SETS, 5).sha256()).isNotEqualTo(first);
        }
    }

    @Test
    void refusesTooFewRowsTooManyLabelsAndLabelsOfAnotherKind() {
        assertOneSentence(
                () -> OneSeed.draw(new LabelBalancedSplit(6, 100, 50, null, null), SETS, 4),
                "place 6 of 6 by frequency",
                "at least 100");
        assertOneSentence(
                () -> OneSeed.draw(new LabelBalancedSplit(2, 5, 600, null, null), SETS, 4),
                "rows to train on",
                "at least 600");
        LabelSets ten = LabelSets.of(10, 1, allTrue(10));
        assertOneSentence(
                () -> OneSeed.draw(new LabelBalancedSplit(1, 11, 1, null, null), ten, 4), "at least 11", "found 10");
        assertOneSentence(
                () -> OneSeed.draw(new LabelBalancedSplit(1, 3, 8, null, null), ten, 4), "at least 8", "found 7");
        assertOneSentence(
                () -> new LabelBalancedSplit(7, 5, 50, null, null).truth(SETS),
                "at most the data set's 6 labels, found 7");
        assertOneSentence(
                () -> OneSeed.draw(new CopiedQueriesSplit(1, 5, 500, null), SETS, 4),
                "rows to train on",
                "at least 500");
        assertOneSentence(
                () -> new LabelBalancedSplit(2, 0, 5, null, null),
                "queriesPerLabel: expected a whole number of at least 1, found 0");
        assertOneSentence(
                () -> OneSeed.draw(new LabelBalancedSplit(1, 1, 1, null, null), ClassLabels.of(1, 2), 4),
                "expected class-balanced",
                "found label-balanced");
        assertOneSentence(
                () -> OneSeed.draw(new ClassBalancedSplit(1, 1, TrainingRows.IN_DATABASE), SETS, 4),
                "expected label-balanced or copied-queries");
    }
}
