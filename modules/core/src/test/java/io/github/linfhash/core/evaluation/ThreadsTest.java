package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts and metrics are the same bits for any number of threads. */
class ThreadsTest {
    private static <T> T inPool(int threads, Callable<T> work) throws InterruptedException, ExecutionException {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(work).get();
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 64, 128})
    void histogramsMetricsAndCurvesAreTheSameBits(int bits) throws InterruptedException, ExecutionException {
        RandomExperiment experiment = RandomExperiment.draw(bits, 130, 300, false, bits);
        Map<String, Object> alone = inPool(1, () -> everything(experiment));
        for (int threads : new int[] {2, 3}) {
            assertThat(inPool(threads, () -> everything(experiment))).isEqualTo(alone);
        }
    }

    /** Doubles are boxed, so that equal means the same bits. */
    private static Map<String, Object> everything(RandomExperiment experiment) {
        Retrieval retrieval = experiment.retrieval();
        Map<String, Object> all = new LinkedHashMap<>(StandardMetrics.evaluate(retrieval));
        DistanceHistograms histograms = retrieval.histograms();
        for (int q = 0; q < histograms.queries(); q++) {
            for (int d = 0; d <= histograms.bits(); d++) {
                all.put(q + " at " + d, histograms.all(q, d) + ", " + histograms.relevant(q, d));
            }
        }
        RadiusCurves.of(retrieval, Conventions.STANDARD)
                .forEach((name, curve) -> all.put(name, Arrays.toString(curve)));
        return all;
    }
}
