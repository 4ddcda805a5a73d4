package io.github.linfhash.results.claims;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.results.claims.Claim.ClaimSubject;
import io.github.linfhash.results.claims.Claim.ClaimTest;
import io.github.linfhash.results.claims.ClaimComparison.ClaimEffect;
import io.github.linfhash.results.claims.ClaimComparison.EffectText;
import io.github.linfhash.results.claims.ClaimTests.LeadComparisons;
import io.github.linfhash.results.claims.RunSet.PairedValues;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Tests the claims of a publication on measured results. */
public final class ClaimTests {
    private ClaimTests() {}

    /**
     * The verdicts, in the order of the claims.
     *
     * @param evidence at least one; where several have a method, the first counts, and variants of a method may be spread
     *     over files
     * @throws io.github.linfhash.core.errors.InputException if rules or data of the results differ, or values of single
     *     queries are not of these runs
     */
    public static List<ClaimResult> of(ClaimsFile file, List<Evidence> evidence) {
        RunSet runs = new RunSet(evidence, file.rowOf());
        return file.claims().stream().map(claim -> test(claim, runs)).toList();
    }

    /** Verdicts as tables by name: {@code claims}, and {@code comparisons} behind them. */
    public static Map<String, Listing> tables(List<ClaimResult> results) {
        Map<String, Listing> tables = new LinkedHashMap<>();
        tables.put(
                "claims",
                Listing.of(results)
                        .words("claim", result -> result.claim().id())
                        .words("verdict", result -> result.verdict().text())
                        .words("why", ClaimResult::reason));
        tables.put(
                "comparisons",
                Listing.of(results.stream()
                                .flatMap(result ->
                                        result.comparisons().stream().map(one -> new Compared(result.claim(), one)))
                                .toList())
                        .words("claim", row -> row.claim().id())
                        .words("comparison", row -> row.comparison().label())
                        .words("measure", row -> row.comparison().measure())
                        .number(
                                "bits",
                                row -> row.comparison().bits() == 0
                                        ? null
                                        : row.comparison().bits())
                        .number("tuningRuns", row -> row.comparison().searches())
                        .number("seeds", row -> row.comparison().seeds())
                        .number("effect", row -> EffectText.of(row.claim(), row.comparison()))
                        .words("over", row -> row.comparison().basis())
                        .number("p", row -> EffectText.p(row.comparison()))
                        .words("verdict", row -> row.comparison().verdict().text())
                        .words("doubt", row -> row.comparison().doubt()));
        return tables;
    }

    private record Compared(Claim claim, ClaimComparison comparison) {}

    private static ClaimResult test(Claim claim, RunSet runs) {
        if (runs.synthetic()) {
            return new ClaimResult(claim, ClaimVerdict.UNDECIDED, "the features are synthetic", List.of(), List.of());
        }
        List<ClaimComparison> comparisons = corrected(
                switch (claim.test().kind()) {
                    case HIGHER, LOWER -> LeadComparisons.of(claim.test(), runs);
                    case VANISHING -> TrendComparisons.overLengths(claim.test(), runs);
                    case DECREASING -> TrendComparisons.overEpochs(claim.test(), runs);
                });
        return new ClaimJudgment(claim, comparisons).result();
    }

    /** Holm's correction over all comparisons of the claim that could be made. */
    private static List<ClaimComparison> corrected(List<ClaimComparison> comparisons) {
        List<OptionalDouble> adjusted = Holm.adjust(comparisons.stream()
                .map(comparison -> comparison.tested()
                        ? comparison.effect().stream()
                                .mapToDouble(ClaimEffect::p)
                                .findFirst()
                        : OptionalDouble.empty())
                .toList());
        List<ClaimComparison> corrected = new ArrayList<>();
        for (int i = 0; i < comparisons.size(); i++) {
            OptionalDouble p = adjusted.get(i);
            corrected.add(p.isPresent() ? comparisons.get(i).adjustedTo(p.getAsDouble()) : comparisons.get(i));
        }
        return corrected;
    }

    /**
     * From comparisons to a verdict. A case holds if all its comparisons do, and does not if one is the other way round; the
     * claim holds if enough cases do, and does not if not enough of them could, however the undecided ones turned out.
     */
    private record ClaimJudgment(Claim claim, List<ClaimComparison> comparisons) {
        private static final double ROUNDING = 1e-9;

        ClaimResult result() {
            Map<String, ClaimVerdict> cases = new LinkedHashMap<>();
            byCase().forEach((place, members) -> cases.put(place, ofCase(members)));
            long holds = count(cases.values(), ClaimVerdict.HOLDS);
            long fails = count(cases.values(), ClaimVerdict.DOES_NOT_HOLD);
            long needed = Math.max(1, (long) Math.ceil(claim.test().share() * cases.size() - ROUNDING));
            ClaimVerdict verdict = holds >= needed
                    ? ClaimVerdict.HOLDS
                    : cases.size() - fails < needed ? ClaimVerdict.DOES_NOT_HOLD : ClaimVerdict.UNDECIDED;
            String counts = "it holds in " + holds + " of " + cases.size() + " cases, fails in " + fails
                    + ", and has to hold in " + needed;
            return new ClaimResult(claim, verdict, counts + basis() + detail(verdict), comparisons, List.of());
        }

        private Map<String, List<ClaimComparison>> byCase() {
            // Of a vanishing lead, the lead and its slope are one case.
            return comparisons.stream()
                    .collect(Collectors.groupingBy(
                            comparison -> claim.test().kind() == ClaimTest.Kind.VANISHING
                                    ? comparison.measure()
                                    : comparison.place(),
                            LinkedHashMap::new,
                            Collectors.toList()));
        }

        private static ClaimVerdict ofCase(List<ClaimComparison> members) {
            List<ClaimVerdict> verdicts =
                    members.stream().map(ClaimComparison::verdict).toList();
            if (verdicts.contains(ClaimVerdict.DOES_NOT_HOLD)) {
                return ClaimVerdict.DOES_NOT_HOLD;
            }
            return verdicts.contains(ClaimVerdict.UNDECIDED) ? ClaimVerdict.UNDECIDED : ClaimVerdict.HOLDS;
        }

        private static long count(Collection<ClaimVerdict> verdicts, ClaimVerdict verdict) {
            return verdicts.stream().filter(verdict::equals).count();
        }

        /** Returns a clause that names what the tests rest on; empty if there were no tests. */
        private String basis() {
            List<String> all = comparisons.stream()
                    .map(ClaimComparison::basis)
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .toList();
            return all.isEmpty() ? "" : "; tested over " + String.join(" or ", all);
        }

        /** Returns the comparisons that contradict the claim, or the reasons that leave it open; empty if it holds. */
        private String detail(ClaimVerdict verdict) {
            String listed = switch (verdict) {
                case HOLDS -> "";
                case DOES_NOT_HOLD ->
                    comparisons.stream()
                            .filter(c -> c.verdict() == ClaimVerdict.DOES_NOT_HOLD)
                            .map(c -> c.label() + " in " + c.place())
                            .collect(Collectors.joining(", "));
                case UNDECIDED ->
                    comparisons.stream()
                            .map(ClaimComparison::doubt)
                            .filter(doubt -> !doubt.isEmpty())
                            .distinct()
                            .collect(Collectors.joining("; "));
            };
            return listed.isEmpty()
                    ? ""
                    : (verdict == ClaimVerdict.DOES_NOT_HOLD ? "; opposite: " : "; open: ") + listed;
        }
    }

    /** The comparisons of claims that say that a subject is above or below others. */
    static final class LeadComparisons {
        private LeadComparisons() {}

        /** One comparison for each measure, code length and other. */
        static List<ClaimComparison> of(ClaimTest test, RunSet runs) {
            List<ClaimComparison> comparisons = new ArrayList<>();
            for (String measure : test.measures()) {
                for (int bits : runs.bits()) {
                    for (ClaimSubject other : test.others()) {
                        comparisons.add(one(test, runs, measure, bits, other));
                    }
                }
            }
            return comparisons;
        }

        /** The comparison of the subject with one other. */
        static ClaimComparison one(ClaimTest test, RunSet runs, String measure, int bits, ClaimSubject other) {
            String label = runs.name(test.subject(), measure) + " - " + runs.name(other, measure);
            Optional<RunSet.Pair> pair = runs.find(test.subject(), other, measure);
            if (pair.isEmpty()) {
                return ClaimComparison.without(
                        label, measure, bits, 0, "no run of " + absent(test, runs, other, measure));
            }
            return ClaimComparison.of(
                    label,
                    measure,
                    bits,
                    PairedValues.differences(pair.get(), measure, bits, test),
                    test.signedMargin(),
                    test.kind() == ClaimTest.Kind.LOWER,
                    pair.get().doubt());
        }

        private static String absent(ClaimTest test, RunSet runs, ClaimSubject other, String measure) {
            String subject = runs.name(test.subject(), measure);
            if (runs.find(test.subject(), measure).isEmpty()) {
                return subject;
            }
            String name = runs.name(other, measure);
            return runs.find(other, measure).isEmpty()
                    ? name
                    : subject + " and " + name + " with the same other options";
        }
    }

    /** The comparisons of claims about trends: over code lengths, and over the epochs of a training. */
    private static final class TrendComparisons {
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
            String label = "slope of " + runs.name(test.subject(), measure) + " - " + runs.name(other, measure)
                    + " over log2 N";
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
            List<MannKendall> trends =
                    runs.stream().map(run -> trend(run, curve)).toList();
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

    /**
     * The trend test of Mann (Econometrica 13, 1945) and Kendall: how many pairs of values rise and how many fall.
     *
     * @param tau the rising pairs less the falling ones, as a share of all pairs, from -1 to 1
     * @param p two-sided, by the normal approximation with correction for ties and for continuity
     */
    record MannKendall(double tau, double p) {
        /** Below this many values the normal approximation is too rough. */
        static final int FEWEST = 8;

        /** The test of at least {@value #FEWEST} values in the order of time. */
        static MannKendall of(double[] values) {
            int n = values.length;
            if (n < FEWEST) {
                throw new IllegalArgumentException("a trend needs " + FEWEST + " values, not " + n);
            }
            int s = 0;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    s += Double.compare(values[j], values[i]) > 0 ? 1 : values[j] == values[i] ? 0 : -1;
                }
            }
            double variance = (weight(n) - ties(values)) / 18;
            double z = variance == 0 ? 0 : (s - Math.signum((double) s)) / Math.sqrt(variance);
            double p = Math.min(1, 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-Math.abs(z)));
            return new MannKendall(2.0 * s / ((double) n * (n - 1)), p);
        }

        private static double ties(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            double sum = 0;
            int from = 0;
            for (int i = 1; i <= sorted.length; i++) {
                if (i == sorted.length || sorted[i] != sorted[from]) {
                    sum += weight(i - from);
                    from = i;
                }
            }
            return sum;
        }

        private static double weight(int t) {
            return (double) t * (t - 1) * (2L * t + 5);
        }
    }

    /**
     * A claim with what was measured of it.
     *
     * @param claim the claim
     * @param verdict what the results say
     * @param reason why, as part of a sentence
     * @param comparisons what the verdict rests on
     * @param stored the protocols of the stored results that decided; empty if the results at hand did
     */
    public record ClaimResult(
            Claim claim, ClaimVerdict verdict, String reason, List<ClaimComparison> comparisons, List<String> stored) {
        public ClaimResult {
            comparisons = List.copyOf(comparisons);
            stored = List.copyOf(stored);
        }

        /** The same, said to be of the stored results of these protocols. */
        public ClaimResult ofStored(List<String> protocols) {
            return new ClaimResult(claim, verdict, reason, comparisons, protocols);
        }
    }

    /** The verdict of measured results on a claim. */
    public enum ClaimVerdict {
        HOLDS("holds"),
        DOES_NOT_HOLD("does not hold"),
        UNDECIDED("cannot be decided");

        private final String text;

        ClaimVerdict(String text) {
            this.text = text;
        }

        /** Returns the text for people. */
        public String text() {
            return text;
        }
    }
}
