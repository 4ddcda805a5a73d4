package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Relevance;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelfMatchTest {
    private static final Conventions EXCLUDE = Conventions.STANDARD.with(SelfMatch.EXCLUDE);

    // Rows 0000 {a}, 0000 {a}, 0011 {}, 1111 {a}; the queries are rows 0 and 2.
    private final BinaryCodes database = BinaryCodes.ofBytes(4, 4, new byte[] {0, 0, 3, 15});
    private final BinaryCodes queries = database.select(new int[] {0, 2});
    private final LabelSets labels = LabelSets.of(4, 1, new boolean[] {true, true, false, true});
    private final Relevance relevance = Relevance.bySimilarLabels(labels.select(new int[] {0, 2}), labels);
    private final Retrieval retrieval = Retrieval.of(queries, database, relevance, new int[] {0, 2});

    @Test
    void aQueryFindsItselfUnlessItIsLeftOut() {
        assertThat(BallMetrics.at(retrieval, 0, Conventions.STANDARD))
                .isEqualTo(new BallMetrics((1.0 + 0) / 2, (2.0 / 3 + 0) / 2, 0));
        // The unlabeled query's ball is empty without itself.
        assertThat(BallMetrics.at(retrieval, 0, EXCLUDE))
                .isEqualTo(new BallMetrics((1.0 + 0) / 2, (1.0 / 2 + 0) / 2, 0.5));
    }

    @Test
    void ballsOfEachQueryLoseItsOwnRow() {
        PerQuery with = PerQuery.of(retrieval);
        assertThat(with.values("precision@0")).containsExactly(1, 0);
        assertThat(with.values("recall@0")).containsExactly(2.0 / 3, 0);
        PerQuery without = PerQuery.of(retrieval, EXCLUDE.with(Conventions.EmptyBall.ONE));
        assertThat(without.values("precision@0")).containsExactly(1, 1);
        assertThat(without.values("recall@0")).containsExactly(1.0 / 2, 0);
    }

    @Test
    void rankingsLoseTheirOwnRow() {
        RankMeasure whole = RankMeasure.averagePrecision();
        assertThat(whole.perQuery(retrieval, Conventions.STANDARD)[0]).isCloseTo((1 + 1 + 3.0 / 4) / 3, within(1e-15));
        assertThat(whole.perQuery(retrieval, EXCLUDE)[0]).isCloseTo((1 + 2.0 / 3) / 2, within(1e-15));
        assertThat(whole.perQuery(retrieval, EXCLUDE.with(Ties.DATABASE_ORDER))[0])
                .isCloseTo((1 + 2.0 / 3) / 2, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void equalsEachQueryAgainstADatabaseWithoutIt(Ties ties) {
        for (int seed = 0; seed < 10; seed++) {
            RandomExperiment apart = RandomExperiment.draw(7, 5 + seed, seed % 2 == 0, seed);
            int size = apart.databaseSize();
            RandomExperiment within = apart.withQueriesInDatabase();
            int[] rows = IntStream.range(size, within.databaseSize()).toArray();
            Retrieval all = Retrieval.of(within.queryCodes(), within.databaseCodes(), within.relevance(), rows);
            RankMeasure measure = RankMeasure.averagePrecision(6);
            double[] values = measure.perQuery(all, EXCLUDE.with(ties));
            for (int q = 0; q < rows.length; q++) {
                Retrieval alone = without(within, rows[q]);
                assertThat(values[q])
                        .isCloseTo(measure.perQuery(alone, Conventions.STANDARD.with(ties))[q], within(1e-13));
                assertThat(all.under(SelfMatch.EXCLUDE).histograms().relevantWithin(q, 2))
                        .isEqualTo(alone.histograms().relevantWithin(q, 2));
            }
        }
    }

    private static Retrieval without(RandomExperiment experiment, int row) {
        int[] others = IntStream.range(0, experiment.databaseSize())
                .filter(i -> i != row)
                .toArray();
        Relevance whole = experiment.relevance();
        Relevance rest = new Relevance() {
            @Override
            public int queries() {
                return whole.queries();
            }

            @Override
            public int databaseRows() {
                return others.length;
            }

            @Override
            public void mark(int query, int first, int size, byte[] flags) {
                byte[] all = new byte[whole.databaseRows()];
                whole.mark(query, 0, all.length, all);
                for (int i = 0; i < size; i++) {
                    flags[i] = all[others[first + i]];
                }
            }
        };
        return Retrieval.of(experiment.queryCodes(), experiment.databaseCodes().select(others), rest);
    }

    @Test
    void withoutKnownRowsNothingIsLeftOut() {
        Retrieval unknown = Retrieval.of(queries, database, relevance);
        assertThat(StandardMetrics.evaluate(unknown)).isEqualTo(StandardMetrics.evaluate(retrieval));
        for (Metric metric : StandardMetrics.ALL) {
            if (metric.source() == Metric.Source.DISTANCES) {
                assertThat(metric.of(unknown, EXCLUDE)).isEqualTo(metric.of(unknown));
            }
        }
    }

    @Test
    void refusesRowsThatAreNotTheQueries() {
        for (int[] rows : List.of(new int[] {0}, new int[] {0, 1}, new int[] {0, 4}, new int[] {-1, 2})) {
            assertThatThrownBy(() -> Retrieval.of(queries, database, relevance, rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
    }
}
