package io.github.linfhash.results.claims;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

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
        String label =
                "slope of " + runs.name(test.subject(), measure) + " - " + runs.name(other, measure) + " over log2 N";
        Optional<RunSet.Pair> pair = runs.find(test.subject(), other, measure);
        if (pair.isEmpty()) {
            return ClaimComparison.without(label, measure, 0, 0, "no run of both");
        }
        Map<Integer, CellValues> leads = new TreeMap<>();
        for (int bits : runs.bits()) {
            CellValues lead = PairedValues.differences(pair.get(), measure, bits, test);
            if (!lead.isEmpty()) {
                leads.put(bits, lead);
            }
        }
        if (leads.size() < 2) {
            return ClaimComparison.without(label, measure, 0, 0, "fewer than two code lengths");
        }
        return ClaimComparison.of(
                label, measure, 0, slope(leads), 0, true, pair.get().doubt());
    }

    /** The slope over log2 N of values by N, which is a weighted sum of the values. */
    private static CellValues slope(Map<Integer, CellValues> byBits) {
        double mean = byBits.keySet().stream()
                .mapToDouble(TrendComparisons::log2)
                .average()
                .orElseThrow();
        double squares = byBits.keySet().stream()
                .mapToDouble(bits -> Math.pow(log2(bits) - mean, 2))
                .sum();
        CellValues any = byBits.values().iterator().next();
        CellValues slope = any.plus(-1, any);
        for (Map.Entry<Integer, CellValues> one : byBits.entrySet()) {
            slope = slope.plus((log2(one.getKey()) - mean) / squares, one.getValue());
        }
        return slope;
    }

    private static double log2(int bits) {
        return Math.log(bits) / Math.log(2);
    }

    /**
     * For each curve and code length: Kendall's tau over the epochs, as a mean over runs. Every run's curve is claimed
     * to fall, so p is the largest of the runs'.
     */
    static List<ClaimComparison> overEpochs(ClaimTest test, RunSet runs) {
        List<ClaimComparison> comparisons = new ArrayList<>();
        for (String curve : test.measures()) {
            Optional<RunSet.Entrant> entrant =
                    runs.find(test.subject(), curve).stream().findFirst();
            String name = runs.name(test.subject(), curve);
            for (int bits : runs.bits()) {
                String label = "tau of " + name;
                comparisons.add(
                        entrant.isEmpty()
                                ? ClaimComparison.without(label, curve, bits, 0, "no run of " + name)
                                : trend(label, entrant.get(), curve, bits));
            }
        }
        return comparisons;
    }

    private static ClaimComparison trend(String label, RunSet.Entrant entrant, String curve, int bits) {
        List<RunResult> runs = entrant.runs(bits).stream()
                .filter(run -> run.curves().getOrDefault(curve, new double[0]).length >= MannKendall.FEWEST)
                .toList();
        List<MannKendall> trends = runs.stream().map(run -> trend(run, curve)).toList();
        CellValues taus = CellValues.of(runs, run -> trend(run, curve).tau());
        if (taus.seeds() < ClaimComparison.FEWEST) {
            return ClaimComparison.without(
                    label,
                    curve,
                    bits,
                    taus.seeds(),
                    "fewer than two seeds with a curve of at least " + MannKendall.FEWEST + " epochs");
        }
        double p = trends.stream().mapToDouble(MannKendall::p).max().orElseThrow();
        boolean falls = trends.stream().allMatch(trend -> trend.tau() < 0);
        boolean rises = trends.stream().allMatch(trend -> trend.tau() > 0);
        // Runs that disagree decide nothing, however sure each is.
        double agreed = falls || rises ? p : 1;
        Summary size = taus.summary();
        double reach = size.halfWidth().orElse(0);
        ClaimEffect effect = new ClaimEffect(
                size.mean(),
                Math.max(-1, size.mean() - reach),
                Math.min(1, size.mean() + reach),
                0,
                agreed,
                agreed,
                false);
        return new ClaimComparison(
                label,
                curve,
                bits,
                taus.searches(),
                taus.seeds(),
                Optional.of(effect),
                falls,
                entrant.ofOneSearch() ? ClaimComparison.ONE_SEARCH : "");
    }

    private static MannKendall trend(RunResult run, String curve) {
        return MannKendall.of(Objects.requireNonNull(run.curves().get(curve)));
    }
}
