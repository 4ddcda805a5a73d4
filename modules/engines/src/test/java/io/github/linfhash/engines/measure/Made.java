package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.PgvectorCodes.Kind;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.database.Checks;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.quantizers.Similarity;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measurements of numbers that a test chooses. */
public final class Made {
    private Made() {}

    /** The mean of queries of which so many of a thousand have a recall of 1, and the others of 0. */
    static CrossedMean recall(int found) {
        double[] ofQueries = new double[1000];
        Arrays.fill(ofQueries, 0, found, 1);
        return Queries.mean(ofQueries);
    }

    static Measured measured(IndexSpec index, int effort, int found, long bytes, double p95, boolean uses) {
        return new Measured(
                new Setting(index, effort, 10),
                bytes,
                100 * bytes,
                1.5,
                2 * bytes,
                true,
                recall(found),
                recall(found),
                p95 / 2,
                p95,
                1000 / p95,
                1500 / p95,
                2,
                new Measurement.Plan(uses, 12, 3),
                0.01,
                0.02);
    }

    static Filtered filtered(String method, @Nullable String scan, double selectivity, int found, double p95) {
        return new Filtered(method, scan, selectivity, 200, recall(found), null, 0.5, 9.5, 10, p95 / 2, p95);
    }

    /** Three settings of a graph and of lists, and their answers. */
    public static Measurement measurement() {
        List<Measured> settings = List.of(
                measured(IndexSpec.hnsw(Kind.VECTOR, 16, 64), 40, 960, 1000, 1, true),
                measured(IndexSpec.hnsw(Kind.CENTERED_BIT, 16, 64), 400, 999, 800, 4, true),
                measured(IndexSpec.ivfflat(Kind.BIT, 100), 8, 990, 300, 8, true));
        List<Double> targets = List.of(0.95, 0.999);
        return new Measurement(
                new Checks.Versions("17.5", "0.8.0"),
                new Measurement.Vectors(20_000, 16, Similarity.COSINE, 10, 500, 500, true, 0),
                targets,
                settings,
                targets.stream()
                        .map(target -> Measurement.answer(target, settings))
                        .toList(),
                List.of(
                        filtered("hnsw-bit", "off", 0.1, 900, 2),
                        filtered("hnsw-bit", "relaxed_order", 0.1, 1000, 4),
                        filtered(Filtered.EXACT, null, 0.1, 1000, 3),
                        filtered(Filtered.EXACT, null, 0.01, 1000, 1)),
                List.of("ivfflat-vector: no time left of --minutes."),
                12.5);
    }
}
