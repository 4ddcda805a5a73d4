package io.github.linfhash.experiment.entries;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The best mean mAP that is known at a code length.
 *
 * @param entry the method that has it, {@code METHOD} or {@code METHOD:ROW}
 * @param mean over its seeds
 * @param deviation the standard deviation over its seeds
 */
record BestKnown(String entry, double mean, double deviation) {
    /** So many standard deviations above it ask for an explanation. */
    static final int DEVIATIONS = 5;

    /** Few seeds may agree by chance. */
    private static final double LEAST_DEVIATION = 0.005;

    /** The best of some results at a code length, among methods with at least two runs there. */
    static Optional<BestKnown> of(List<Results> known, int bits) {
        return known.stream()
                .flatMap(results -> of(results, bits).stream())
                .max(Comparator.comparingDouble(BestKnown::mean));
    }

    private static List<BestKnown> of(Results results, int bits) {
        Map<String, SummaryStatistics> byEntry = new TreeMap<>();
        for (RunResult run : results.runs()) {
            Double map = run.metrics().get(StandardMetrics.MAP.key());
            if (!run.failed() && run.key().bits() == bits && map != null) {
                byEntry.computeIfAbsent(run.key().entry(), unused -> new SummaryStatistics())
                        .addValue(map);
            }
        }
        return byEntry.entrySet().stream()
                .filter(entry -> entry.getValue().getN() > 1)
                .map(entry -> new BestKnown(
                        entry.getKey(),
                        entry.getValue().getMean(),
                        entry.getValue().getStandardDeviation()))
                .toList();
    }

    /** Whether a mAP is so far above it that it has to be explained. */
    boolean isFarBelow(double map) {
        return map > mean + DEVIATIONS * Math.max(deviation, LEAST_DEVIATION);
    }
}
