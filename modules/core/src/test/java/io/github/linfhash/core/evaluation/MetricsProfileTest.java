package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.Conventions.ApDenominator;
import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import io.github.linfhash.core.evaluation.Conventions.NoRelevant;
import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Relevance;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsProfileTest {
    private static final int BALLS = 2 * 2 * 3 * 3;
    private static final int RANKINGS = 4 + 3 * 4 + 4;

    @Test
    void holdsEveryConventionThatCanMakeADifferenceOnce() {
        BinaryCodes codes = BinaryCodes.ofBytes(3, 4, new byte[] {0, 3, 7});
        Relevance all = Relevance.bySimilarLabels(ClassLabels.of(0, 0, 1), ClassLabels.of(0, 1, 1));
        Relevance some = Relevance.bySimilarLabels(ClassLabels.of(0, 0, 2), ClassLabels.of(0, 1, 2));
        assertThat(distinct(Retrieval.of(codes, codes, all))).isEqualTo(BALLS + RANKINGS);
        // Without itself, no query of classes 0, 1, 2 finds anything relevant.
        Retrieval itself = Retrieval.of(codes, codes, same(), new int[] {0, 1, 2});
        assertThat(distinct(itself)).isEqualTo(3 * (BALLS + RANKINGS));
        assertThat(distinct(Retrieval.of(codes, codes, some))).isEqualTo(BALLS + RANKINGS);
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
            assertThat(row.average() != null).as(name(row)).isEqualTo(ball);
            assertThat(row.emptyBall() != null).as(name(row)).isEqualTo(ball);
            assertThat(row.ties() != null).as(name(row)).isEqualTo(!ball);
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
