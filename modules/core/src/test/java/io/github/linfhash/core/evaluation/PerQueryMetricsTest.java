package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import io.github.linfhash.core.evaluation.Conventions.NoRelevant;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PerQueryMetricsTest {
    @Test
    void meansAreTheStandardMetrics() {
        for (int seed = 0; seed < 20; seed++) {
            Retrieval retrieval = RandomExperiment.draw(1 + 7 * seed, 1 + 13 * seed, seed % 2 == 0, seed)
                    .retrieval();
            Map<String, Double> standard = StandardMetrics.evaluate(retrieval);
            PerQueryMetrics perQuery = PerQueryMetrics.of(retrieval);
            for (String key : perQuery.keys()) {
                double[] values = perQuery.values(key);
                assertThat(values).hasSize(retrieval.queries().size());
                assertThat(Arrays.stream(values).average().orElseThrow())
                        .as(key)
                        .isCloseTo(standard.get(key), within(1e-13));
            }
        }
    }

    @Test
    void valuesAreThoseOfTheQueryByItsDefinition() {
        RandomExperiment experiment = RandomExperiment.draw(6, 50, false, 4);
        PerQueryMetrics perQuery = PerQueryMetrics.of(experiment.retrieval());
        for (int q = 0; q < experiment.queryCount(); q++) {
            PlainQuery plain = experiment.plain(q);
            assertThat(perQuery.values("map")[q]).isCloseTo(plain.expectation(1).averagePrecision(), within(1e-13));
            assertThat(perQuery.values("precision@2")[q])
                    .isEqualTo(plain.ball(2) == 0 ? 0 : (double) plain.hits(2) / plain.ball(2));
            assertThat(perQuery.values("recall@0")[q])
                    .isEqualTo(plain.relevantTotal() == 0 ? 0 : (double) plain.hits(0) / plain.relevantTotal());
        }
    }

    @Test
    void underOtherConventionsMeansAreTheMetricsOrThereAreNone() {
        for (Average average : Average.values()) {
            for (EmptyBall empty : EmptyBall.values()) {
                Conventions conventions =
                        Conventions.STANDARD.with(average).with(empty).with(Ties.PESSIMISTIC);
                Retrieval retrieval = RandomExperiment.draw(9, 40, true, 3).retrieval();
                Map<String, Double> means = StandardMetrics.evaluate(retrieval, conventions);
                PerQueryMetrics perQuery = PerQueryMetrics.of(retrieval, conventions);
                assertThat(perQuery.keys()).contains("map");
                assertThat(perQuery.keys().contains("recall@2")).isEqualTo(average == Average.MACRO);
                assertThat(perQuery.keys().contains("precision@2"))
                        .isEqualTo(average != Average.MICRO && empty != EmptyBall.SKIP);
                for (String key : perQuery.keys()) {
                    assertThat(Arrays.stream(perQuery.values(key)).average().orElseThrow())
                            .as("%s, %s, %s", key, average, empty)
                            .isCloseTo(means.get(key), within(1e-13));
                }
            }
        }
        assertThatThrownBy(() -> PerQueryMetrics.of(
                        RandomExperiment.draw(2, 5, true, 1).retrieval(),
                        Conventions.STANDARD.with(NoRelevant.SKIP),
                        List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thoseOnRequestAreThereWhereTheyAreAskedForAndTheirMeansAreTheMetrics() {
        Retrieval retrieval = RandomExperiment.draw(9, 40, false, 3).retrieval();
        List<String> asked = List.of("lookupSuccess@2", "recallTop1000", "bitBias", "map");
        PerQueryMetrics perQuery = PerQueryMetrics.of(retrieval, Conventions.STANDARD, asked);
        assertThat(perQuery.keys()).endsWith("recallTop1000", "lookupSuccess@2");
        StandardMetrics.onRequest(List.of("lookupSuccess@2", "recallTop1000"), retrieval, Conventions.STANDARD)
                .forEach((key, value) -> assertThat(
                                Arrays.stream(perQuery.values(key)).average().orElseThrow())
                        .as(key)
                        .isCloseTo(value, within(1e-13)));
    }

    @Test
    void keysAreThoseOfTheStandardMetricsThatAreMeans() {
        PerQueryMetrics perQuery =
                PerQueryMetrics.of(RandomExperiment.draw(6, 50, true, 1).retrieval());
        assertThat(perQuery.keys())
                .containsExactly(
                        "map",
                        "precision@2",
                        "recall@2",
                        "precision@0",
                        "recall@0",
                        "map@10",
                        "precisionTop5000",
                        "meanDistance");
        perQuery.values("map")[0] = 7;
        assertThat(perQuery.values("map")[0]).isLessThanOrEqualTo(1);
        assertThatThrownBy(() -> perQuery.values("f1@2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("f1@2");
    }
}
