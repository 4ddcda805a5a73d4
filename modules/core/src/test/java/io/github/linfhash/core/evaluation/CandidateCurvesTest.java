package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CandidateCurvesTest {
    @Test
    void everyPointIsTheExpectationOfItsDefinition() {
        for (int seed = 0; seed < 5; seed++) {
            RandomExperiment experiment = RandomExperiment.draw(7, 60, seed % 2 == 0, seed);
            Map<String, double[]> curves =
                    CandidateCurves.of(experiment.retrieval(), Conventions.STANDARD.with(Ties.DATABASE_ORDER));
            assertThat(curves).containsOnlyKeys("candidates.precision", "candidates.recall");
            double[] precision = Objects.requireNonNull(curves.get(CandidateCurves.PRECISION));
            double[] recall = Objects.requireNonNull(curves.get(CandidateCurves.RECALL));
            // 1, 2, 5, 10, 20, 50 of 60 rows.
            assertThat(precision).hasSize(6);
            assertThat(recall).hasSize(6);
            for (int point = 0; point < precision.length; point++) {
                int k = CandidateCurves.COUNTS.get(point);
                double precisions = 0;
                double recalls = 0;
                for (int q = 0; q < experiment.queryCount(); q++) {
                    PlainQuery plain = experiment.plain(q);
                    double of = plain.expectation(k).precisionAtK();
                    precisions += of / experiment.queryCount();
                    recalls +=
                            plain.relevantTotal() == 0 ? 0 : of * k / plain.relevantTotal() / experiment.queryCount();
                }
                assertThat(precision[point]).isCloseTo(precisions, within(1e-12));
                assertThat(recall[point]).isCloseTo(recalls, within(1e-12));
            }
        }
    }

    /** The whole database of 50 is the last point: there everything relevant is found. */
    @Test
    void theLastPointMayBeTheWholeDatabase() {
        RandomExperiment experiment = RandomExperiment.draw(7, 50, true, 3);
        double[] recall = Objects.requireNonNull(
                CandidateCurves.of(experiment.retrieval(), Conventions.STANDARD).get(CandidateCurves.RECALL));
        double answered = 0;
        for (int q = 0; q < experiment.queryCount(); q++) {
            answered += experiment.plain(q).relevantTotal() > 0 ? 1 : 0;
        }
        assertThat(recall).hasSize(6);
        assertThat(answered).isPositive();
        assertThat(recall[5]).isCloseTo(answered / experiment.queryCount(), within(1e-12));
    }

    @Test
    void countsAscend() {
        assertThat(CandidateCurves.COUNTS).isSorted().doesNotHaveDuplicates().startsWith(1);
    }
}
