package io.github.linfhash.results.claims;

import io.github.linfhash.core.results.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
        String label = "slope of " + runs.name(test.subject()) + " - " + runs.name(other) + " over log2 N";
        Optional<RunSet.Pair> pair = runs.find(test.subject(), other);
        if (pair.isEmpty()) {
            return ClaimComparison.without(label, measure, 0, 0, "no run of both");
        }
        Map<Long, Map<Integer, Double>> leads = new TreeMap<>();
        for (int bits : runs.bits()) {
            PairedValues.differences(pair.get(), measure, bits, test)
                    .forEach((seed, lead) -> leads.computeIfAbsent(seed, unused -> new TreeMap<>())
                            .put(bits, lead));
        }
        leads.values().removeIf(lead -> lead.size() < 2);
        if (leads.size() < SeedTest.FEWEST) {
            return ClaimComparison.without(
                    label, measure, 0, leads.size(), "fewer than two seeds with several code lengths");
        }
        double[] slopes =
                leads.values().stream().mapToDouble(TrendComparisons::slope).toArray();
        ClaimEffect effect = SeedTest.of(slopes, 0);
        ClaimEffect tested = querySlopes(pair.get(), measure, test, leads)
                .map(queries -> effect.with(QueryEffect.of(queries, 0)))
                .orElse(effect);
        return new ClaimComparison(label, measure, 0, slopes.length, Optional.of(tested), tested.size() < 0, "");
    }

    /** The slope over log2 N of values by N. */
    private static double slope(Map<Integer, Double> byBits) {
        SimpleRegression line = new SimpleRegression();
        byBits.forEach((bits, value) -> line.addData(Math.log(bits) / Math.log(2), value));
        return line.getSlope();
    }

    /** For each seed, the slope of each query's lead; the mean of a seed's slopes is the slope of its means. */
    private static Optional<List<double[]>> querySlopes(
            RunSet.Pair pair, String measure, ClaimTest test, Map<Long, Map<Integer, Double>> leads) {
        List<double[]> slopes = new ArrayList<>();
        for (Map.Entry<Long, Map<Integer, Double>> seed : leads.entrySet()) {
            Map<Integer, double[]> byBits = new TreeMap<>();
            for (int bits : seed.getValue().keySet()) {
                PairedValues.queryDifferences(pair, measure, bits, test, Set.of(seed.getKey()))
                        .ifPresent(found -> byBits.put(bits, found.get(0)));
            }
            if (byBits.size() < seed.getValue().size()) {
                return Optional.empty();
            }
            int queries = byBits.values().iterator().next().length;
            slopes.add(IntStream.range(0, queries)
                    .mapToDouble(q -> {
                        Map<Integer, Double> ofQuery = new TreeMap<>();
                        byBits.forEach((bits, values) -> ofQuery.put(bits, values[q]));
                        return slope(ofQuery);
                    })
                    .toArray());
        }
        return Optional.of(slopes);
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
                String label = "tau of " + runs.name(test.subject());
                comparisons.add(
                        entrant.isEmpty()
                                ? ClaimComparison.without(
                                        label, curve, bits, 0, "no run of " + runs.name(test.subject()))
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
        ClaimEffect effect = new ClaimEffect(
                size.size(), Math.max(-1, size.low()), Math.min(1, size.high()), 0, agreed, agreed, Optional.empty());
        return new ClaimComparison(label, curve, bits, trends.size(), Optional.of(effect), falls, "");
    }
}
