package io.github.linfhash.protocols.split;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.split.SplitRule.DuplicateRule;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** 600 rows that are 400 points: the first 300 stand alone, and 100 more are there three times, moved by next to nothing. */
class SplitsTest {
    private static final int[] POINT = IntStream.range(0, 600)
            .map(row -> row < 300 ? row : 300 + (row - 300) % 100)
            .toArray();
    private static final FeatureMatrix ROWS = rows();
    private static final ClassLabels CLASSES =
            ClassLabels.of(Arrays.stream(POINT).map(point -> point % 4).toArray());

    private static final List<Long> SEEDS = List.of(0L, 1L, 2L, 3L, 4L);

    private static FeatureMatrix rows() {
        UniformRandomProvider random = new RandomStreams(1).stream("points");
        float[] values = new float[600 * 5];
        for (int row = 0; row < 600; row++) {
            for (int j = 0; j < 5; j++) {
                values[5 * row + j] = row == POINT[row]
                        ? (float) random.nextDouble()
                        : values[5 * POINT[row] + j] + (j == 0 && row >= 500 ? 1e-5f : 0);
            }
        }
        return FeatureMatrix.owning(600, 5, values);
    }

    private static Set<Integer> points(int[] rows) {
        return Arrays.stream(rows).map(row -> POINT[row]).boxed().collect(Collectors.toSet());
    }

    private static int sharedPoints(Split split) {
        Set<Integer> shared = new HashSet<>(points(split.query()));
        shared.retainAll(points(split.searchableOrTraining()));
        return shared.size();
    }

    private static SplitRule classes(DuplicateRule duplicates, TrainingRows training) {
        return new ClassBalancedSplit(10, 20, training, duplicates);
    }

    @Test
    void keptDuplicatesLeaveTheSplitAsTheRuleDrawsIt() {
        SplitRule rule = classes(DuplicateRule.KEEP, TrainingRows.IN_DATABASE);
        Split split = Splits.of(rule, SEEDS, ROWS, CLASSES).draw(3);
        assertThat(split)
                .isEqualTo(Splits.keepingDuplicates(rule, SEEDS, CLASSES).draw(3));
        assertThat(sharedPoints(split)).isGreaterThan(0);
    }

    private static final LabelSets SETS = LabelSets.of(600, 2, carried());

    private static boolean[] carried() {
        boolean[] carried = new boolean[1200];
        for (int row = 0; row < 600; row++) {
            carried[2 * row] = row % 3 != 0;
            carried[2 * row + 1] = row % 3 != 1;
        }
        return carried;
    }

    @Test
    void queriesOfAnotherDataSetSearchTheWholeFirstOne() {
        SplitRule rule = new OtherQueriesSplit(new RandomSplit(30, 200, null, null), 450);
        Splits splits = Splits.of(rule, SEEDS, ROWS, CLASSES);
        Set<Integer> queries = new HashSet<>();
        for (long seed : SEEDS) {
            Split split = splits.draw(seed);
            assertThat(Arrays.stream(split.query()).boxed())
                    .hasSize(30)
                    .doesNotHaveDuplicates()
                    .allMatch(row -> row >= 450 && row < 600);
            assertThat(split.database()).containsExactly(IntStream.range(0, 450).toArray());
            assertThat(Arrays.stream(split.training()).boxed()).hasSize(200).allMatch(row -> row < 450);
            Arrays.stream(split.query()).forEach(queries::add);
        }
        assertThat(queries).as("drawn anew with each seed").hasSizeGreaterThan(60);
    }

    /** Who has the labels of every seed's training rows has that of no query, and options chosen on one seed's serve all. */
    @Test
    void noQueryOfAnySeedIsATrainingRowOfAny() {
        Map<SplitRule, Labels> rules = new LinkedHashMap<>();
        for (DuplicateRule duplicates : DuplicateRule.values()) {
            for (TrainingRows training : TrainingRows.values()) {
                rules.put(classes(duplicates, training), CLASSES);
                rules.put(new RandomSplit(30, 200, training, duplicates), CLASSES);
                rules.put(new LabelBalancedSplit(2, 20, 100, training, duplicates), SETS);
                rules.put(new CopiedQueriesSplit(2, 20, 100, training), SETS);
            }
        }
        rules.put(new UnseenClassesSplit(2, 10, 20, null), CLASSES);
        rules.forEach((rule, labels) -> {
            Splits splits = Splits.of(rule, SEEDS, ROWS, labels);
            Set<Integer> queries = new HashSet<>();
            Set<Integer> trained = new HashSet<>();
            for (long seed : SEEDS) {
                Split split = splits.draw(seed);
                Arrays.stream(split.query()).forEach(queries::add);
                Arrays.stream(split.training()).forEach(trained::add);
            }
            assertThat(trained).as(rule.toString()).isNotEmpty().doesNotContainAnyElementsOf(queries);
            if (rule.duplicateRule() != DuplicateRule.KEEP) {
                int[] rows = trained.stream().mapToInt(Integer::intValue).toArray();
                int[] searching = queries.stream().mapToInt(Integer::intValue).toArray();
                assertThat(points(rows)).as(rule.toString()).doesNotContainAnyElementsOf(points(searching));
            }
        });
    }

    @Test
    void duplicatesWithoutALabelAreNotInTheDatabase() {
        boolean[] carried = new boolean[1200];
        for (int row = 0; row < 600; row++) {
            carried[2 * row + POINT[row] % 2] = row < 400 || row >= 500;
        }
        LabelSets sets = LabelSets.of(600, 2, carried);
        SplitRule rule = new LabelBalancedSplit(2, 20, 100, TrainingRows.IN_DATABASE, DuplicateRule.GROUP);
        int[] database = Splits.of(rule, SEEDS, ROWS, sets).draw(0).database();
        assertThat(Arrays.stream(database).filter(row -> row >= 400 && row < 500))
                .isEmpty();
        assertThat(Arrays.stream(database).filter(row -> row >= 500)).isNotEmpty();
    }

    /** Sets of labels, or one class each; a random split takes both. */
    @Test
    void aRuleTakesItsKindOfLabels() {
        SplitRule balanced = classes(DuplicateRule.KEEP, TrainingRows.IN_DATABASE);
        SplitRule unseen = new UnseenClassesSplit(2, 10, 20, null);
        SplitRule sets = new LabelBalancedSplit(2, 20, 100, TrainingRows.IN_DATABASE, DuplicateRule.KEEP);
        SplitRule copied = new CopiedQueriesSplit(2, 20, 100, TrainingRows.IN_DATABASE);
        SplitRule random = new RandomSplit(30, 200, null, null);
        assertThat(List.of(balanced, unseen, sets, copied, random))
                .extracting(rule -> rule.allows(true))
                .containsExactly(false, false, true, true, true);
        assertThat(List.of(balanced, unseen, sets, copied, random))
                .extracting(rule -> rule.allows(false))
                .containsExactly(true, true, false, false, true);
        assertThat(List.of(balanced, unseen, sets, copied, random))
                .extracting(SplitRule::keepsQueries)
                .containsExactly(false, false, false, true, false);
    }

    @Test
    void seedsThatTheProtocolDoesNotHaveAreRefused() {
        Splits splits = Splits.of(classes(DuplicateRule.KEEP, TrainingRows.IN_DATABASE), SEEDS, ROWS, CLASSES);
        assertOneSentence(() -> splits.draw(5), "[0, 1, 2, 3, 4]", "found 5", "copy the protocol's file");
    }

    @Test
    void aClassWhoseRowsAreAllQueriesOfSomeSeedIsRefused() {
        ClassLabels labels = ClassLabels.of(
                IntStream.range(0, 40).map(row -> row < 4 ? 1 : 0).toArray());
        SplitRule rule = new ClassBalancedSplit(2, 1, TrainingRows.IN_DATABASE);
        List<Long> seeds = LongStream.range(0, 30).boxed().toList();
        assertOneSentence(
                () -> Splits.keepingDuplicates(rule, seeds, labels).draw(0), "query of no seed", "class 1", "found 0");
    }

    @Test
    void droppedDuplicatesAreInNoOtherPartAndNothingElseIsLost() {
        for (TrainingRows training : TrainingRows.values()) {
            for (long seed = 0; seed < 5; seed++) {
                SplitRule rule = classes(DuplicateRule.DROP, training);
                Split plain = Splits.keepingDuplicates(rule, SEEDS, CLASSES).draw(seed);
                Split split = Splits.of(rule, SEEDS, ROWS, CLASSES).draw(seed);
                assertThat(sharedPoints(split)).isZero();
                assertThat(split.query()).isEqualTo(plain.query());
                Set<Integer> queries = points(plain.query());
                assertThat(split.database())
                        .isEqualTo(Arrays.stream(plain.database())
                                .filter(row -> !queries.contains(POINT[row]))
                                .toArray());
                Set<Integer> ofAnySeed = SEEDS.stream()
                        .flatMap(other -> points(rule.queries(CLASSES, new RandomStreams(other))).stream())
                        .collect(Collectors.toSet());
                assertThat(split.training())
                        .isEqualTo(Arrays.stream(plain.training())
                                .filter(row -> !ofAnySeed.contains(POINT[row]))
                                .toArray());
            }
        }
    }

    @Test
    void groupsAreOnOneSideAndQueriesAreAsManyAsAsked() {
        for (TrainingRows training : TrainingRows.values()) {
            for (long seed = 0; seed < 5; seed++) {
                Split split = Splits.of(classes(DuplicateRule.GROUP, training), SEEDS, ROWS, CLASSES)
                        .draw(seed);
                assertThat(sharedPoints(split)).isZero();
                assertThat(split.query()).hasSize(40);
                assertThat(points(split.query())).hasSize(40);
                assertThat(split.training()).hasSize(80);
                for (int c = 0; c < 4; c++) {
                    int wanted = c;
                    assertThat(Arrays.stream(split.query()).filter(row -> CLASSES.get(row) == wanted))
                            .hasSize(10);
                }
                Set<Integer> outside = new HashSet<>(points(split.query()));
                if (training == TrainingRows.OUTSIDE_DATABASE) {
                    outside.addAll(points(split.training()));
                }
                assertThat(split.database())
                        .isEqualTo(IntStream.range(0, 600)
                                .filter(row -> !outside.contains(POINT[row]))
                                .toArray());
            }
        }
    }

    /** Where labels' frequencies are others among all rows than among points, those of all rows decide which labels count. */
    @Test
    void groupsOfRowsWithLabelsAreOnOneSide() {
        boolean[] carried = new boolean[600 * 4];
        for (int row = 0; row < 600; row++) {
            carried[4 * row + (POINT[row] < 300 ? POINT[row] % 2 : 2)] = true;
            carried[4 * row + 3] = POINT[row] % 10 == 0;
        }
        Labels labels = LabelSets.of(600, 4, carried);
        for (DuplicateRule duplicates : new DuplicateRule[] {DuplicateRule.DROP, DuplicateRule.GROUP}) {
            Split split = Splits.of(new LabelBalancedSplit(2, 8, 50, null, duplicates), SEEDS, ROWS, labels)
                    .draw(2);
            assertThat(sharedPoints(split)).isZero();
            assertThat(split.query()).hasSize(16);
            // The most frequent label is that of the rows that are there three times, then one of the two others.
            assertThat(points(split.query())).filteredOn(point -> point >= 300).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void tooFewRowsAreRefused() {
        float[] same = new float[12];
        SplitRule drop = new ClassBalancedSplit(1, 1, TrainingRows.IN_DATABASE, DuplicateRule.DROP);
        ClassLabels classes = ClassLabels.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        FeatureMatrix rows = FeatureMatrix.owning(12, 1, same);
        assertOneSentence(
                () -> Splits.of(drop, List.of(0L), rows, classes).draw(0), "split.duplicates", "drop", "found 0 and 0");
        SplitRule group = new ClassBalancedSplit(1, 1, TrainingRows.IN_DATABASE, DuplicateRule.GROUP);
        assertOneSentence(() -> Splits.of(group, List.of(0L), rows, classes).draw(0), "expected", "found");
    }

    /** A file that says where training rows are as it is anyway has the rules of one that does not. */
    @Test
    void rulesWithTrainingRowsInTheDatabaseHashAsIfNothingWereSaid() {
        List<List<SplitRule>> pairs = List.of(
                List.of(
                        new LabelBalancedSplit(2, 1, 1, null, null),
                        new LabelBalancedSplit(2, 1, 1, TrainingRows.IN_DATABASE, null)),
                List.of(
                        new CopiedQueriesSplit(2, 1, 1, null),
                        new CopiedQueriesSplit(2, 1, 1, TrainingRows.IN_DATABASE)),
                List.of(new RandomSplit(1, 1, null, null), new RandomSplit(1, 1, TrainingRows.IN_DATABASE, null)));
        for (List<SplitRule> pair : pairs) {
            assertThat(pair.get(1)).isEqualTo(pair.get(0));
            assertThat(StrictReader.toYamlFlow(pair.get(0))).doesNotContain("trainingRows");
        }
        assertThat(StrictReader.hash(new RandomSplit(1, 1, TrainingRows.OUTSIDE_DATABASE, null)))
                .isNotEqualTo(StrictReader.hash(new RandomSplit(1, 1, null, null)));
    }

    /** Files that say nothing of duplicates, as all published ones, have the rules that they had. */
    @Test
    void rulesThatKeepDuplicatesHashAsIfThereWereNone() {
        SplitRule silent = new ClassBalancedSplit(1, 2, TrainingRows.IN_DATABASE);
        SplitRule keeping = classes(DuplicateRule.KEEP, TrainingRows.IN_DATABASE);
        assertThat(new ClassBalancedSplit(1, 2, TrainingRows.IN_DATABASE, DuplicateRule.KEEP))
                .isEqualTo(silent);
        assertThat(StrictReader.toYamlFlow(keeping)).doesNotContain("duplicates");
        assertThat(StrictReader.toYamlFlow(new LabelBalancedSplit(2, 1, 1, null, null)))
                .doesNotContain("duplicates");
        assertThat(StrictReader.hash(classes(DuplicateRule.DROP, TrainingRows.IN_DATABASE)))
                .isNotEqualTo(StrictReader.hash(keeping));
    }
}
