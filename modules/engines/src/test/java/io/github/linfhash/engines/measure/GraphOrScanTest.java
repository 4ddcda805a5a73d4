package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.engines.measure.IndexType.Parameter;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.engines.pgvector.MadePgvector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From how many of 20,000 rows on a graph is faster, by times that are known. */
class GraphOrScanTest {
    private static final IndexSpec CODES = new IndexSpec(
            new IndexType("flat-bit", false, true, 2_000, List.of(Parameter.flag("merged")), null, 1_000),
            Map.of("merged", 1));

    private static Measured graph(int effort, int found, double p95, boolean uses) {
        return Made.measured(MadePgvector.hnsw("vector", 16, 64), effort, found, 1_000, p95, uses);
    }

    private static Measured scan(IndexSpec spec, int found, double p95) {
        return Made.measured(spec, IndexType.NO_EFFORT, found, 100, p95, true);
    }

    private static Optional<GraphOrScan> of(List<Double> targets, Measured... points) {
        Measurement made = Made.measurement();
        return GraphOrScan.of(new Measurement(
                made.server(),
                made.vectors(),
                targets,
                List.of(points),
                made.answers(),
                made.filters(),
                made.leftOut(),
                made.complete(),
                made.seconds()));
    }

    /** A scan of all 20,000 rows takes ten times as long as the faster graph, which misses 0.99, and five times as long as the other one. */
    @Test
    void aScanIsAsFastAmongFewerRows() {
        Measured[] points = {
            graph(40, 980, 2, true),
            graph(200, 1000, 4, true),
            scan(MadePgvector.exact(), 1000, 20),
            scan(CODES, 980, 4),
            scan(CODES, 1000, 8)
        };
        assertThat(of(List.of(0.95), points)).hasValue(new GraphOrScan("hnsw-vector", 0.95, 1, 2_000L, 10_000L));
        assertThat(of(List.of(0.95, 0.99), points)).hasValue(new GraphOrScan("hnsw-vector", 0.99, 2, 4_000L, 10_000L));
        // A thousand queries do not show so high a recall.
        assertThat(of(List.of(0.95, 0.999), points)).hasValue(new GraphOrScan("hnsw-vector", 0.95, 1, 2_000L, 10_000L));
    }

    /** Lists have an effort, and are no scan. */
    @Test
    void whatIsMissingIsNull() {
        assertThat(of(List.of(0.95), graph(200, 990, 4, true), scan(MadePgvector.exact(), 1000, 20)))
                .hasValue(new GraphOrScan("hnsw-vector", 0.95, 2, 4_000L, null));
        assertThat(of(
                        List.of(0.95),
                        graph(200, 990, 4, true),
                        Made.measured(MadePgvector.ivfflat("bit", 10), 8, 990, 300, 1, true),
                        scan(CODES, 500, 1),
                        scan(CODES, 990, 40)))
                .hasValue(new GraphOrScan("hnsw-vector", 0.95, 2, null, 2_000L));
        assertThat(GraphOrScan.of(Made.measurement())).isEmpty();
    }

    @Test
    void aGraphThatIsNotUsedOrReachesNothingIsNoGraph() {
        for (Measured graph : List.of(graph(200, 1000, 4, false), graph(200, 900, 4, true))) {
            assertThat(of(List.of(0.95), graph, scan(MadePgvector.exact(), 1000, 20)))
                    .isEmpty();
        }
    }
}
