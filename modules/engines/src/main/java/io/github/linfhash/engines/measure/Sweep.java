package io.github.linfhash.engines.measure;

import io.github.linfhash.core.statistics.CrossedMean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Recall of the choosing queries for efforts and numbers of candidates.
 *
 * @param points that were measured
 * @param recalls of each
 */
record Sweep(List<OperatingPoint> points, List<CrossedMean> recalls) {
    /** The points that reach a target and that none with less effort and as few candidates does. */
    List<OperatingPoint> reaching(double target, ToDoubleFunction<CrossedMean> number) {
        List<OperatingPoint> able = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            OperatingPoint one = points.get(i);
            if (number.applyAsDouble(recalls.get(i)) >= target
                    && able.stream()
                            .noneMatch(other ->
                                    other.effort() <= one.effort() && other.candidates() <= one.candidates())) {
                able.add(one);
            }
        }
        return able;
    }

    CrossedMean of(OperatingPoint point) {
        return recalls.get(points.indexOf(point));
    }

    /**
     * The effort with at most some candidates, and the number of candidates with any effort, that reach a target, between those that were
     * measured; empty if none do.
     */
    Optional<Growth.Needed> needed(double target, int mostCandidates) {
        TreeMap<Integer, Double> byEffort = new TreeMap<>();
        TreeMap<Integer, Double> byCandidates = new TreeMap<>();
        for (int i = 0; i < points.size(); i++) {
            OperatingPoint one = points.get(i);
            byCandidates.merge(one.candidates(), recalls.get(i).mean(), Math::max);
            if (one.candidates() <= mostCandidates) {
                byEffort.merge(one.effort(), recalls.get(i).mean(), Math::max);
            }
        }
        OptionalDouble effort = crossing(byEffort, target);
        OptionalDouble candidates = crossing(byCandidates, target);
        return effort.isPresent() && candidates.isPresent()
                ? Optional.of(new Growth.Needed(
                        effort.getAsDouble(),
                        candidates.getAsDouble(),
                        leastReaches(byEffort, target) || leastReaches(byCandidates, target)))
                : Optional.empty();
    }

    /** Whether the first of several points reaches the height, so that a lower one that was not tried might. */
    private static boolean leastReaches(TreeMap<Integer, Double> curve, double height) {
        return curve.size() > 1 && curve.firstEntry().getValue() >= height;
    }

    /** Where a curve reaches a height, on a logarithmic axis. */
    private static OptionalDouble crossing(Map<Integer, Double> curve, double height) {
        double x = 0;
        double y = 0;
        for (Map.Entry<Integer, Double> point : curve.entrySet()) {
            if (point.getValue() >= height) {
                double share = x == 0 ? 1 : (height - y) / (point.getValue() - y);
                return OptionalDouble.of(x == 0 ? point.getKey() : x * Math.pow(point.getKey() / x, share));
            }
            x = point.getKey();
            y = point.getValue();
        }
        return OptionalDouble.empty();
    }

    OperatingPoint closest() {
        return points.get(IntStream.range(0, points.size())
                .boxed()
                .max(Comparator.comparingDouble(i -> recalls.get(i).mean()))
                .orElseThrow());
    }
}
