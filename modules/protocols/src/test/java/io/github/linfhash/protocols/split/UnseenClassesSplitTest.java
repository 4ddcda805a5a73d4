package io.github.linfhash.protocols.split;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.binding.StrictReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnseenClassesSplitTest {
    private static final int CLASSES = 6;
    private static final List<String> NAMES = List.of("ant", "bee", "cat", "dog", "elk", "fox");

    /** Three groups of two classes, not in the order of their names. */
    private static final Map<String, List<String>> GROUPS = groups();

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("pets", List.of("dog", "cat"));
        groups.put("insects", List.of("ant", "bee"));
        groups.put("wild", List.of("fox", "elk"));
        return groups;
    }

    /** Classes 0..5 in no particular order, at least 12 rows each. */
    private static final ClassLabels LABELS = ClassLabels.of(IntStream.range(0, 120)
                    .map(i -> (i * i + i / 7) % 13 % CLASSES)
                    .toArray())
            .named(NAMES);

    private static UnseenClassesSplit rule(int unseen, int queries, int training, boolean grouped) {
        return new UnseenClassesSplit(unseen, queries, training, grouped ? GROUPS : null);
    }

    /** A brute-force reference of the rule: loops over lists, with its own shuffle. */
    private static final class PlainSplit {
        private final Set<Integer> unseen = new TreeSet<>();
        private final List<Integer> training = new ArrayList<>();
        private final List<Integer> query = new ArrayList<>();
        private final List<Integer> database = new ArrayList<>();
        private final List<Integer> learned = new ArrayList<>();

        PlainSplit(UnseenClassesSplit rule, long seed) {
            RandomStreams streams = new RandomStreams(seed);
            List<List<Integer>> groups = new ArrayList<>();
            if (rule.groups() == null) {
                for (int c = 0; c < CLASSES; c++) {
                    groups.add(List.of(c));
                }
            } else {
                new TreeMap<>(rule.groups())
                        .values()
                        .forEach(names ->
                                groups.add(names.stream().map(NAMES::indexOf).toList()));
            }
            last(groups, rule.unseen(), streams.stream("unseen-classes")).forEach(unseen::addAll);
            UniformRandomProvider random = streams.stream("split");
            for (int c : unseen) {
                query.addAll(last(rowsOf(c), rule.queriesPerClass(), random));
            }
            random = streams.stream("split/training");
            for (int c = 0; c < CLASSES; c++) {
                if (!unseen.contains(c)) {
                    training.addAll(last(rowsOf(c), rule.trainingPerClass(), random));
                }
            }
            Collections.sort(query);
            Collections.sort(training);
            for (int row = 0; row < LABELS.size(); row++) {
                if (!unseen.contains(LABELS.get(row))) {
                    learned.add(row);
                } else if (!query.contains(row)) {
                    database.add(row);
                }
            }
        }

        private static List<Integer> rowsOf(int wanted) {
            List<Integer> rows = new ArrayList<>();
            for (int row = 0; row < LABELS.size(); row++) {
                if (LABELS.get(row) == wanted) {
                    rows.add(row);
                }
            }
            return rows;
        }

        /** The last entries after a Fisher-Yates shuffle of just these. */
        private static <T> List<T> last(List<T> all, int count, UniformRandomProvider random) {
            List<T> shuffled = new ArrayList<>(all);
            for (int last = all.size() - 1; last >= Math.max(1, all.size() - count); last--) {
                Collections.swap(shuffled, last, random.nextInt(last + 1));
            }
            return shuffled.subList(all.size() - count, all.size());
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 4, false, 0", "4, 1, 1, false, 7", "3, 5, 5, false, -1", "1, 2, 3, true, 0", "2, 4, 2, true, 9"})
    void equalsASplitMadeByPlainLoops(int unseen, int queries, int training, boolean grouped, long seed) {
        UnseenClassesSplit rule = rule(unseen, queries, training, grouped);
        Split split = OneSeed.draw(rule, LABELS, seed);
        PlainSplit plain = new PlainSplit(rule, seed);
        assertThat(split.query()).containsExactly(plain.query.toArray(new Integer[0]));
        assertThat(split.training()).containsExactly(plain.training.toArray(new Integer[0]));
        assertThat(split.database()).containsExactly(plain.database.toArray(new Integer[0]));
        assertThat(split.unlabeled()).containsExactly(plain.learned.toArray(new Integer[0]));
    }

    private static Set<Integer> classes(int[] rows) {
        return Arrays.stream(rows).map(LABELS::get).boxed().collect(Collectors.toSet());
    }

    @Test
    void nothingIsLearnedFromAnUnseenClassAndNothingElseIsSearched() {
        for (long seed = 0; seed < 30; seed++) {
            for (boolean grouped : new boolean[] {false, true}) {
                Split split = OneSeed.draw(rule(grouped ? 1 : 2, 3, 4, grouped), LABELS, seed);
                Set<Integer> searched = classes(split.database());
                assertThat(searched).hasSize(2).isEqualTo(classes(split.query()));
                assertThat(classes(split.training())).hasSize(4).doesNotContainAnyElementsOf(searched);
                assertThat(classes(split.unlabeled())).doesNotContainAnyElementsOf(searched);
                assertThat(split.query()).hasSize(2 * 3);
                assertThat(split.training()).hasSize(4 * 4);
                assertThat(IntStream.of(split.query())).noneMatch(row -> contains(split.database(), row));
                // Every row is a query, searched or learned from, and none is two of these.
                assertThat(split.query().length + split.database().length + split.unlabeled().length)
                        .isEqualTo(LABELS.size());
            }
        }
    }

    private static boolean contains(int[] rows, int wanted) {
        return IntStream.of(rows).anyMatch(row -> row == wanted);
    }

    @Test
    void theSameSeedGivesTheSameSplitAndOthersOtherClasses() {
        UnseenClassesSplit rule = rule(2, 3, 4, false);
        Set<List<String>> drawn = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            Split split = OneSeed.draw(rule, LABELS, seed);
            assertThat(OneSeed.draw(rule, LABELS, seed)).isEqualTo(split);
            List<String> names = rule.unseenNames(LABELS, seed);
            assertThat(classes(split.query()).stream().map(NAMES::get)).containsExactlyInAnyOrderElementsOf(names);
            drawn.add(names);
        }
        // All 15 pairs of 6 classes: a given one is missing with a chance of 1e-6.
        assertThat(drawn).hasSize(15);
        assertThat(OneSeed.draw(rule, LABELS, 0).sha256())
                .isNotEqualTo(OneSeed.draw(rule, LABELS, 1).sha256());
    }

    /** Rows are drawn from a stream of their own: the classes must be the same whatever the counts. */
    @Test
    void theClassesDependOnTheSeedAlone() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(rule(2, 1, 1, false).unseenNames(LABELS, seed))
                    .isEqualTo(rule(2, 7, 6, false).unseenNames(LABELS, seed));
        }
    }

    @Test
    void groupsAreUnseenTogether() {
        Set<String> drawn = new HashSet<>();
        for (long seed = 0; seed < 40; seed++) {
            UnseenClassesSplit rule = rule(1, 2, 3, true);
            List<String> names = rule.unseenNames(LABELS, seed);
            assertThat(names).hasSize(1);
            assertThat(classes(OneSeed.draw(rule, LABELS, seed).query()).stream()
                            .map(NAMES::get))
                    .containsExactlyInAnyOrderElementsOf(GROUPS.get(names.get(0)));
            drawn.add(names.get(0));
        }
        assertThat(drawn).containsExactlyInAnyOrder("insects", "pets", "wild");
    }

    @Test
    void aFileSaysAllOfItAndTheOrderOfGroupsIsNoDifference() {
        UnseenClassesSplit read = StrictReader.convert(
                "split",
                Map.of(
                        "kind",
                        "unseen-classes",
                        "unseen",
                        1,
                        "queriesPerClass",
                        2,
                        "trainingPerClass",
                        3,
                        "groups",
                        GROUPS),
                UnseenClassesSplit.class);
        assertThat(read).isEqualTo(rule(1, 2, 3, true));
        assertThat(StrictReader.hash(read))
                .isEqualTo(StrictReader.hash(new UnseenClassesSplit(1, 2, 3, new TreeMap<>(GROUPS))))
                .isNotEqualTo(StrictReader.hash(rule(1, 2, 3, false)));
    }

    private static void assertRefused(UnseenClassesSplit rule, String... words) {
        assertOneSentence(() -> OneSeed.draw(rule, LABELS, 0), words);
    }

    private static UnseenClassesSplit grouped(@Nullable Map<String, List<String>> groups) {
        return new UnseenClassesSplit(1, 1, 1, groups);
    }

    @Test
    void badCountsAreRefused() {
        assertOneSentence(() -> rule(0, 1, 1, false), "unseen: expected a whole number of at least 1, found 0");
        assertOneSentence(
                () -> rule(2, 0, 1, false), "queriesPerClass: expected a whole number of at least 1, found 0");
        assertOneSentence(
                () -> rule(2, 1, -1, false), "trainingPerClass: expected a whole number of at least 1, found -1");
        assertRefused(rule(6, 1, 1, false), "split.unseen: expected fewer than the 6 classes of the data set, found 6");
        assertRefused(rule(3, 1, 1, true), "split.unseen: expected fewer than the 3 groups, found 3");
        assertRefused(rule(1, 1, 1, false), "at least 2 unseen classes and 2 to learn from, found 1 and 5");
        assertRefused(rule(5, 1, 1, false), "at least 2 unseen classes and 2 to learn from, found 5 and 1");
        assertRefused(rule(2, 1000, 1, false), "too few images: expected at least 1000");
        assertRefused(rule(2, 1, 1000, false), "too few images: expected at least 1000");
        ClassLabels small = ClassLabels.of(0, 0, 1, 1, 2, 2, 3, 3);
        assertOneSentence(() -> OneSeed.draw(rule(2, 2, 1, false), small, 0), "no database");
        LabelSets sets = LabelSets.of(1, 1, new boolean[] {true});
        assertOneSentence(
                () -> OneSeed.draw(rule(2, 1, 1, false), sets, 0),
                "expected label-balanced or copied-queries",
                "found unseen-classes");
    }

    @Test
    void badGroupsAreRefused() {
        assertOneSentence(
                () -> grouped(Map.of("a", List.of())), "split.groups.a: expected at least 1 class, found none");
        assertOneSentence(
                () -> grouped(Map.of("a", List.of("ant", "bee"), "b", List.of("cat", "ant"))),
                "split.groups: expected each class in one group, found ant twice");
        assertRefused(
                grouped(Map.of("a", List.of("ant", "gnu"), "b", List.of("cat"))),
                "split.groups.a: expected names of the data set's classes, found 'gnu'");
        assertRefused(
                grouped(Map.of("a", List.of("ant", "bee"), "b", List.of("cat", "dog", "elk"))),
                "split.groups: expected each of the data set's 6 classes in a group, found fox in none");
    }
}
