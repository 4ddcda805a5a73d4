package io.github.linfhash.reports.claims;

import io.github.linfhash.core.results.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** The comparisons of claims about trends: over code lengths, and over the epochs of a training. */
final class TrendComparisons {
    private TrendComparisons() {}

    /**
     * For each measure and other: the lead at the smallest code length, and the slope of the lead over log2 N, which is
     * fitted for each seed.
     */
    static List<ClaimComparison> overLengths(ClaimTest test, RunSet runs) {
        List<ClaimComparison> comparisons = new ArrayList<>();
        for (String measure : test.measures()) {
            for (ClaimSubject other : test.others()) {
                int smallest = runs.bits().get(0);
                comparisons.add(LeadComparisons.one(test, runs, measure, smallest, other));
                comparisons.add(slope(test, runs, measure, other));
            }
        }
        return comparisons;
    }

    private static ClaimComparison slope(ClaimTest test, RunSet runs, String measure, ClaimSubject other) {
        String label = "slope of " + test.subject().name() + " - " + other.name() + " over log2 N";
        Optional<RunSet.Pair> pair = runs.find(test.subject(), other);
        if (pair.isEmpty()) {
            return ClaimComparison.without(label, measure, 0, 0, "no run of both");
        }
        Map<Long, SimpleRegression> lines = new TreeMap<>();
        for (int bits : runs.bits()) {
            PairedValues.differences(pair.get(), measure, bits, test)
                    .forEach((seed, lead) -> lines.computeIfAbsent(seed, unused -> new SimpleRegression())
                            .addData(Math.log(bits) / Math.log(2), lead));
        }
        double[] slopes = lines.values().stream()
                .filter(line -> line.getN() >= 2)
                .mapToDouble(SimpleRegression::getSlope)
                .toArray();
        if (slopes.length < SeedTest.FEWEST) {
            return ClaimComparison.without(
                    label, measure, 0, slopes.length, "fewer than two seeds with several code lengths");
        }
        ClaimEffect effect = SeedTest.of(slopes, 0);
        return new ClaimComparison(label, measure, 0, slopes.length, Optional.of(effect), effect.size() < 0, "");
    }

    /**
     * For each curve and code length: Kendall's tau over the epochs, as a mean over seeds. Every seed's curve is claimed
     * to fall, so p is the largest of the seeds'.
     */
    static List<ClaimComparison> overEpochs(ClaimTest test, RunSet runs) {
        List<ClaimComparison> comparisons = new ArrayList<>();
        Optional<RunSet.Entrant> entrant = runs.find(test.subject()).stream().findFirst();
        for (String curve : test.measures()) {
            for (int bits : runs.bits()) {
                String label = "tau of " + test.subject().name();
                comparisons.add(
                        entrant.isEmpty()
                                ? ClaimComparison.without(
                                        label,
                                        curve,
                                        bits,
                                        0,
                                        "no run of " + test.subject().name())
                                : trend(label, entrant.get(), curve, bits));
            }
        }
        return comparisons;
    }

    private static ClaimComparison trend(String label, RunSet.Entrant entrant, String curve, int bits) {
        List<MannKendall> trends = new ArrayList<>();
        for (RunResult run : entrant.runs(bits).values()) {
            double[] values = run.curves().get(curve);
            if (values != null && values.length >= MannKendall.FEWEST) {
                trends.add(MannKendall.of(values));
            }
        }
        if (trends.size() < SeedTest.FEWEST) {
            return ClaimComparison.without(
                    label,
                    curve,
                    bits,
                    trends.size(),
                    "fewer than two seeds with a curve of at least " + MannKendall.FEWEST + " epochs");
        }
        ClaimEffect size =
                SeedTest.of(trends.stream().mapToDouble(MannKendall::tau).toArray(), 0);
        double p = trends.stream().mapToDouble(MannKendall::p).max().orElseThrow();
        boolean falls = trends.stream().allMatch(trend -> trend.tau() < 0);
        boolean rises = trends.stream().allMatch(trend -> trend.tau() > 0);
        // Seeds that disagree decide nothing, however sure each is.
        double agreed = falls || rises ? p : 1;
        ClaimEffect effect =
                new ClaimEffect(size.size(), Math.max(-1, size.low()), Math.min(1, size.high()), 0, agreed, agreed);
        return new ClaimComparison(label, curve, bits, trends.size(), Optional.of(effect), falls, "");
    }
}
