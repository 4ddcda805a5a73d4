package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PerQueryTest {
    @Test
    void meansAreTheStandardMetrics() {
        for (int seed = 0; seed < 20; seed++) {
            Retrieval retrieval = RandomExperiment.draw(1 + 7 * seed, 1 + 13 * seed, seed % 2 == 0, seed)
                    .retrieval();
            Map<String, Double> standard = StandardMetrics.evaluate(retrieval);
            PerQuery perQuery = PerQuery.of(retrieval);
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
        PerQuery perQuery = PerQuery.of(experiment.retrieval());
        for (int q = 0; q < experiment.queryCount(); q++) {
            PlainQuery plain = experiment.plain(q);
            assertThat(perQuery.values("map")[q]).isCloseTo(plain.expectation(1).averagePrecision(), within(1e-13));
            assertThat(perQuery.values("precision@2")[q])
                    .isEqualTo(plain.ball(2) == 0 ? 0 : (double) plain.hits(2) / plain.ball(2));
            assertThat(perQuery.values("recall@0")[q])
                    .isEqualTo(plain.relevantTotal() == 0 ? 0 : (double) plain.hits(0) / plain.relevantTotal());
        }
    }

    /** No bit of a metric depends on whether it is taken from the values of its queries. */
    @Test
    void measuredValuesHaveTheBitsOfTheMetrics() {
        for (int seed = 0; seed < 10; seed++) {
            Retrieval retrieval = RandomExperiment.draw(24, 97, 40, true, seed).retrieval();
            for (Average average : Average.values()) {
                for (EmptyBall empty : EmptyBall.values()) {
                    requireSameBits(
                            retrieval, Conventions.STANDARD.with(average).with(empty));
                }
            }
        }
    }

    private static void requireSameBits(Retrieval retrieval, Conventions conventions) {
        Map<String, Double> measured =
                Metric.Value.byKey(StandardMetrics.measure(StandardMetrics.keysOnRequest(), retrieval, conventions));
        Stream.concat(StandardMetrics.ALL.stream(), StandardMetrics.ON_REQUEST.stream())
                .filter(metric -> metric.source() == Metric.Source.DISTANCES)
                .forEach(metric -> assertThat(measured)
                        .as("%s, %s", metric.key(), conventions)
                        .containsEntry(metric.key(), metric.of(retrieval, conventions)));
    }

    @Test
    void underOtherConventionsMeansAreTheMetricsOrThereAreNone() {
        for (Average average : Average.values()) {
            for (EmptyBall empty : EmptyBall.values()) {
                Conventions conventions =
                        Conventions.STANDARD.with(average).with(empty).with(Ties.PESSIMISTIC);
                Retrieval retrieval = RandomExperiment.draw(9, 40, true, 3).retrieval();
                Map<String, Double> means = StandardMetrics.evaluate(retrieval, conventions);
                PerQuery perQuery = PerQuery.of(retrieval, conventions);
                assertThat(perQuery.keys()).contains("map");
                assertThat(perQuery.keys().contains("recall@2")).isEqualTo(average == Average.MACRO);
                assertThat(perQuery.keys().contains("precision@2")).isEqualTo(average != Average.MICRO);
                for (String key : perQuery.keys()) {
                    assertThat(Arrays.stream(perQuery.values(key)).average().orElseThrow())
                            .as("%s, %s, %s", key, average, empty)
                            .isCloseTo(means.get(key), within(1e-13));
                }
            }
        }
    }

    @Test
    void thoseOnRequestAreThereWhereTheyAreAskedForAndTheirMeansAreTheMetrics() {
        Retrieval retrieval = RandomExperiment.draw(9, 40, false, 3).retrieval();
        List<String> asked = List.of("lookupSuccess@2", "recallTop1000", "bitBias", "map");
        PerQuery perQuery = PerQuery.of(retrieval, Conventions.STANDARD, asked);
        assertThat(perQuery.keys()).endsWith("recallTop1000", "lookupSuccess@2");
        StandardMetrics.onRequest(List.of("lookupSuccess@2", "recallTop1000"), retrieval, Conventions.STANDARD)
                .forEach((key, value) -> assertThat(
                                Arrays.stream(perQuery.values(key)).average().orElseThrow())
                        .as(key)
                        .isCloseTo(value, within(1e-13)));
    }

    @Test
    void keysAreThoseOfTheStandardMetricsThatAreMeans() {
        PerQuery perQuery = PerQuery.of(RandomExperiment.draw(6, 50, true, 1).retrieval());
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
        assertThat(StandardMetrics.OVER_QUERIES.get(0)).isEqualTo(perQuery.keys());
    }
}
