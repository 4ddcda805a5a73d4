package io.github.linfhash.engines.measure;

import io.github.linfhash.engines.measure.Measurement.Measured;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From how many rows on a graph is faster than scans. The median time of a scan is taken to grow with the rows, and that of the graph to stay, which
 * favors the graph in larger tables, as its time grows a little.
 *
 * @param graph the type of the graph
 * @param target of recall that the graph and a scan of codes reach
 * @param graphMillis the median time of a search of the graph
 * @param exact rows from which on the graph is faster than an exact scan; null if none was measured
 * @param codes rows from which on it is faster than a scan of codes; null if none reaches the target
 */
public record GraphOrScan(
        String graph,
        double target,
        double graphMillis,
        @Nullable Long exact,
        @Nullable Long codes) {
    /** Compares the fastest operating points that reach the hardest target that a graph reaches; empty if there is no graph, or no scan. */
    public static Optional<GraphOrScan> of(Measurement measurement) {
        for (int i = measurement.targets().size() - 1; i >= 0; i--) {
            double target = measurement.targets().get(i);
            List<Measured> able = measurement.points().stream()
                    .filter(one -> one.usesIndex() && one.reaches(target))
                    .toList();
            Optional<Measured> graph = fastest(able, one -> one.type().graph());
            if (graph.isPresent()) {
                double millis = graph.get().latency().p50();
                long rows = measurement.vectors().rows();
                Long exact = from(fastest(able, one -> one.type().exact()), millis, rows);
                // A scan of codes has no effort.
                Long codes = from(
                        fastest(able, one -> one.type().coded() && one.type().effort() == null), millis, rows);
                return exact == null && codes == null
                        ? Optional.empty()
                        : Optional.of(new GraphOrScan(graph.get().type().name(), target, millis, exact, codes));
            }
        }
        return Optional.empty();
    }

    private static Optional<Measured> fastest(List<Measured> able, Predicate<Measured> kind) {
        Stream<Measured> ofKind = able.stream().filter(kind);
        return ofKind.min(Comparator.comparingDouble(one -> one.latency().p50()));
    }

    private static @Nullable Long from(Optional<Measured> scan, double graphMillis, long rows) {
        return scan.map(one -> Math.round(rows * graphMillis / one.latency().p50()))
                .orElse(null);
    }
}
