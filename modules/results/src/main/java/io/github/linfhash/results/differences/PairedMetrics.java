package io.github.linfhash.results.differences;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.tables.PairedTest;
import io.github.linfhash.results.tables.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** The metrics of runs that two results share, paired by seed. */
final class PairedMetrics {
    /** A method at a code length. */
    private record Cell(String method, int bits) {}

    private final Map<Cell, List<RunKey>> cells = new LinkedHashMap<>();
    private final Map<RunKey, RunResult> first;
    private final Map<RunKey, RunResult> second;

    /** The runs of the first by key; the second has at least these. */
    PairedMetrics(Map<RunKey, RunResult> first, Map<RunKey, RunResult> second) {
        this.first = first;
        this.second = second;
        first.keySet()
                .forEach(key -> cells.computeIfAbsent(new Cell(key.entry(), key.bits()), unused -> new ArrayList<>())
                        .add(key));
    }

    /** All differences, with Holm's correction over all tests that could be made. */
    List<MetricDifference> differences() {
        List<MetricDifference> all = new ArrayList<>();
        cells.forEach((cell, keys) -> run(first, keys.get(0)).metrics().keySet().stream()
                .filter(metric -> everywhere(keys, metric))
                .forEach(metric -> all.add(difference(cell, keys, metric))));
        double[] adjusted = Holm.adjust(all.stream()
                .flatMapToDouble(difference -> difference.adjusted().stream())
                .toArray());
        List<MetricDifference> corrected = new ArrayList<>();
        int next = 0;
        for (MetricDifference difference : all) {
            corrected.add(difference.adjusted().isEmpty() ? difference : difference.adjustedTo(adjusted[next++]));
        }
        return corrected;
    }

    private boolean everywhere(List<RunKey> keys, String metric) {
        return keys.stream()
                .allMatch(key -> run(first, key).metrics().containsKey(metric)
                        && run(second, key).metrics().containsKey(metric));
    }

    private MetricDifference difference(Cell cell, List<RunKey> keys, String metric) {
        double[] a = values(first, keys, metric);
        double[] b = values(second, keys, metric);
        double[] differences = new double[a.length];
        int same = 0;
        for (int s = 0; s < a.length; s++) {
            differences[s] = b[s] - a[s];
            same += Objects.equals(
                            run(first, keys.get(s)).codesHash(),
                            run(second, keys.get(s)).codesHash())
                    ? 1
                    : 0;
        }
        return new MetricDifference(
                cell.method(),
                cell.bits(),
                metric,
                Summary.of(a).mean(),
                Summary.of(b).mean(),
                Summary.of(differences).halfWidth(),
                a.length < 2 ? OptionalDouble.empty() : OptionalDouble.of(PairedTest.p(differences, 0)),
                a.length,
                same);
    }

    private static double[] values(Map<RunKey, RunResult> runs, List<RunKey> keys, String metric) {
        return keys.stream()
                .mapToDouble(
                        key -> Objects.requireNonNull(run(runs, key).metrics().get(metric)))
                .toArray();
    }

    private static RunResult run(Map<RunKey, RunResult> runs, RunKey key) {
        return Objects.requireNonNull(runs.get(key));
    }
}
