package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.Conventions.ApDenominator;
import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import io.github.linfhash.core.evaluation.Conventions.NoRelevant;
import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Relevance;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsProfileTest {
    private static final int BALLS = 2 * 2 * 3 * 3;
    private static final int DISTANCES = 2;
    private static final int RANKINGS = 5 + 3 * 5 + 5;

    /**
     * Codes that are all equal, 10 classes of m rows: the rows of class c are at ranks c m + 1 to c m + m, so its average
     * precision is the mean of j / (c m + j). In expectation over orders it is 0.1.
     */
    @Test
    void equalCodesGainByADatabaseThatIsSortedByClass() {
        int m = 200;
        int[] shuffled = new int[10 * m];
        Arrays.setAll(shuffled, i -> i * 7 % 10);
        ClassLabels queries = ClassLabels.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        BinaryCodes equal = BinaryCodes.ofBytes(10 * m, 8, new byte[10 * m]);
        BinaryCodes asked = BinaryCodes.ofBytes(10, 8, new byte[10]);
        double expected = 0;
        for (int c = 0; c < 10; c++) {
            for (int j = 1; j <= m; j++) {
                expected += (double) j / (c * m + j) / m / 10;
            }
        }
        assertThat(expected).isCloseTo(0.208, within(0.001));
        MetricsProfile profile = MetricsProfile.of(
                Retrieval.of(asked, equal, Relevance.bySimilarLabels(queries, ClassLabels.of(shuffled))));
        assertThat(map(profile, Ties.CLASS_ORDER)).isCloseTo(expected, within(1e-12));
        assertThat(map(profile, Ties.AWARE)).isCloseTo(0.1, within(0.005));
        assertThat(map(profile, Ties.DATABASE_ORDER)).isCloseTo(0.1, within(0.005));
        int[] sorted = shuffled.clone();
        Arrays.sort(sorted);
        MetricsProfile inOrder = MetricsProfile.of(
                Retrieval.of(asked, equal, Relevance.bySimilarLabels(queries, ClassLabels.of(sorted))));
        assertThat(map(inOrder, Ties.DATABASE_ORDER)).isCloseTo(expected, within(1e-12));
    }

    private static double map(MetricsProfile profile, Ties ties) {
        return profile.rows().stream()
                .filter(row -> row.metric().equals("map") && row.ties() == ties)
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void rowsWithSetsOfLabelsHaveNoOrderByClass() {
        BinaryCodes codes = BinaryCodes.ofBytes(2, 4, new byte[] {0, 3});
        LabelSets labels = LabelSets.of(2, 2, new boolean[] {true, false, true, true});
        Retrieval retrieval = Retrieval.of(codes, codes, Relevance.bySimilarLabels(labels, labels));
        assertThat(MetricsProfile.of(retrieval).rows())
                .isNotEmpty()
                .noneMatch(row -> row.ties() == Ties.CLASS_ORDER)
                .anyMatch(row -> row.ties() == Ties.DATABASE_ORDER);
        assertThatThrownBy(() ->
                        RankMeasure.averagePrecision().mean(retrieval, Conventions.STANDARD.with(Ties.CLASS_ORDER)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rows without one class each have no order by class");
    }

    @Test
    void holdsEveryConventionThatCanMakeADifferenceOnce() {
        BinaryCodes codes = BinaryCodes.ofBytes(3, 4, new byte[] {0, 3, 7});
        Relevance all = Relevance.bySimilarLabels(ClassLabels.of(0, 0, 1), ClassLabels.of(0, 1, 1));
        Relevance some = Relevance.bySimilarLabels(ClassLabels.of(0, 0, 2), ClassLabels.of(0, 1, 2));
        assertThat(distinct(Retrieval.of(codes, codes, all))).isEqualTo(BALLS + DISTANCES + RANKINGS);
        // Without itself, no query of classes 0, 1, 2 finds anything relevant.
        Retrieval itself = Retrieval.of(codes, codes, same(), new int[] {0, 1, 2});
        assertThat(distinct(itself)).isEqualTo(3 * (BALLS + DISTANCES + RANKINGS));
        assertThat(distinct(Retrieval.of(codes, codes, some))).isEqualTo(BALLS + DISTANCES + RANKINGS);
    }

    @Test
    void aRowNamesNoConventionThatPlaysNoPart() {
        BinaryCodes codes = BinaryCodes.ofBytes(3, 4, new byte[] {0, 3, 7});
        Relevance relevance = Relevance.bySimilarLabels(ClassLabels.of(0, 0, 1), ClassLabels.of(0, 1, 1));
        for (MetricsProfile.Row row :
                MetricsProfile.of(Retrieval.of(codes, codes, relevance)).rows()) {
            assertThat(row.selfMatch()).isNull();
            assertThat(row.noRelevant()).isNull();
            boolean ball = row.metric().matches("(precision|recall|f1)@[02]");
            boolean distance = row.metric().equals("meanDistance");
            assertThat(row.average() != null).as(name(row)).isEqualTo(ball || distance);
            assertThat(row.emptyBall() != null).as(name(row)).isEqualTo(ball);
            assertThat(row.ties() != null).as(name(row)).isEqualTo(!ball && !distance);
            assertThat(row.apDenominator() != null)
                    .as(name(row))
                    .isEqualTo(row.metric().equals("map@10"));
        }
    }

    private static Relevance same() {
        return Relevance.bySimilarLabels(ClassLabels.of(0, 1, 2), ClassLabels.of(0, 1, 2));
    }

    private static int distinct(Retrieval retrieval) {
        List<MetricsProfile.Row> rows = MetricsProfile.of(retrieval).rows();
        Set<String> names = new HashSet<>();
        for (MetricsProfile.Row row : rows) {
            assertThat(names.add(name(row))).as(name(row)).isTrue();
        }
        return rows.size();
    }

    private static String name(MetricsProfile.Row row) {
        return row.toString().replaceAll(", value=.*", "");
    }

    @Test
    void everyValueIsThatOfItsMetricUnderItsConventions() {
        for (int seed = 0; seed < 6; seed++) {
            RandomExperiment apart = RandomExperiment.draw(5, 30, seed % 2 == 0, seed);
            RandomExperiment within = apart.withQueriesInDatabase();
            int[] rows = new int[within.queryCount()];
            for (int q = 0; q < rows.length; q++) {
                rows[q] = apart.databaseSize() + q;
            }
            Retrieval retrieval = Retrieval.of(within.queryCodes(), within.databaseCodes(), within.relevance(), rows);
            for (MetricsProfile.Row row : MetricsProfile.of(retrieval).rows()) {
                assertSame(row.value(), metric(row.metric()).of(retrieval, conventions(row)), name(row));
            }
        }
    }

    private static Metric metric(String key) {
        return StandardMetrics.ALL.stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static Conventions conventions(MetricsProfile.Row row) {
        return new Conventions(
                or(row.average(), Average.MACRO),
                or(row.emptyBall(), EmptyBall.ZERO),
                or(row.noRelevant(), NoRelevant.ZERO),
                or(row.apDenominator(), ApDenominator.MIN),
                or(row.ties(), Ties.AWARE),
                or(row.selfMatch(), SelfMatch.INCLUDE));
    }

    private static <T> T or(@Nullable T value, T standard) {
        return Objects.requireNonNullElse(value, standard);
    }

    private static void assertSame(double actual, double expected, String name) {
        if (Double.isNaN(expected)) {
            assertThat(actual).as(name).isNaN();
        } else {
            assertThat(actual).as(name).isCloseTo(expected, within(1e-14));
        }
    }
}
