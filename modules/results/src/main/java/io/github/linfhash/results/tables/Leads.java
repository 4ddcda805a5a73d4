package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Who leads in each metric at each code length, by {@link io.github.linfhash.core.statistics.CrossedMean}: a seed gives all methods the same
 * split, so that methods are compared seed by seed. Searches of options are nested in methods. Compared are the configurations that
 * {@linkplain Results#opened pages open with}.
 */
public final class Leads {
    /** With fewer seeds, nothing is tested. */
    public static final int FEWEST_SEEDS = 3;

    /** One method and its values. */
    private record Candidate(String method, CellValues values) {
        Summary summary() {
            return values.summary();
        }
    }

    /**
     * A method that does not lead although its mean would have it first or second, as its codes find no more than chance.
     *
     * @param column the metric
     * @param bits the code length N
     * @param method the method
     * @param ball the precision where the metric counts, which is not above chance
     */
    public record LeftOut(Quantity column, int bits, String method, BallPrecision ball) {}

    private final List<Lead> leads;
    private final List<LeftOut> leftOut;

    private Leads(List<Lead> leads, List<LeftOut> leftOut) {
        this.leads = leads;
        this.leftOut = leftOut;
    }

    /**
     * The leads in all columns that methods are ranked by, where at least two methods were measured. In recall, F1 and look-up success
     * a method whose {@link BallPrecision} is not above chance takes no part, and nobody leads if chance is not known.
     */
    public static Leads of(Results results, List<Quantity> columns, QueryValues values) {
        List<Lead> leads = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (Quantity column : columns) {
            for (int bits : results.protocol().bits().stream().sorted().toList()) {
                if (column.ranked()) {
                    lead(results, column, bits, values, leftOut).ifPresent(leads::add);
                }
            }
        }
        return new Leads(List.copyOf(leads), List.copyOf(leftOut));
    }

    /** All of them, by column, then by code length. */
    public List<Lead> all() {
        return leads;
    }

    /** Those that take no part and would be first or second, by column, then by code length, best mean first. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    /** The lead in one metric at one code length; empty if fewer than two methods were measured. */
    public Optional<Lead> find(Quantity column, int bits) {
        return leads.stream()
                .filter(lead -> lead.column().equals(column) && lead.bits() == bits)
                .findFirst();
    }

    /**
     * Whether results contain what chance would find within a radius. Without it, collapsed codes cannot be told from good ones, and nobody
     * leads in what balls contain.
     */
    public static boolean knowsChance(Results results) {
        return results.runs().stream().anyMatch(run -> run.curves().containsKey(RadiusCurves.PRECISION));
    }

    private static Optional<Lead> lead(
            Results results, Quantity column, int bits, QueryValues values, List<LeftOut> leftOut) {
        if (StandardMetrics.ballOf(column).isPresent() && !knowsChance(results)) {
            return Optional.empty();
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Candidate candidate : measured(results, column, bits, values)) {
            Optional<BallPrecision> ball =
                    BallPrecision.of(results.protocol(), results.runs(candidate.method(), bits), column);
            if (ball.isEmpty() || ball.get().aboveChance()) {
                candidates.add(candidate);
            } else if (candidates.size() < 2) {
                leftOut.add(new LeftOut(column, bits, candidate.method(), ball.get()));
            }
        }
        if (candidates.size() < 2) {
            return Optional.empty();
        }
        Candidate best = candidates.get(0);
        List<Candidate> others = candidates.subList(1, candidates.size());
        List<Test> tests =
                tests(best.values(), others.stream().map(Candidate::values).toList(), column.direction());
        List<Rival> rivals = IntStream.range(0, others.size())
                .mapToObj(i -> new Rival(others.get(i).method(), others.get(i).summary(), tests.get(i)))
                .toList();
        return Optional.of(new Lead(column, bits, best.method(), best.summary(), rivals));
    }

    /**
     * Tests whether the best is ahead of each of the others, seed by seed and, where they are known, query by query. All
     * pages, tables and rankings use these tests.
     *
     * @param best the one with the best mean
     * @param others the others
     * @param direction whether more or less is better
     * @return one test for each of the others, in their order; Holm's correction is over all of them
     */
    public static List<Test> tests(CellValues best, List<CellValues> others, Quantity.Direction direction) {
        List<Summary> ahead = new ArrayList<>();
        List<OptionalDouble> p = new ArrayList<>();
        for (CellValues other : others) {
            CellValues lead = best.aheadOf(other, direction);
            Summary difference = lead.summary();
            ahead.add(difference);
            p.add(
                    lead.seeds() < FEWEST_SEEDS
                            ? OptionalDouble.empty()
                            : lead.tested().p(0));
        }
        List<OptionalDouble> corrected = Holm.adjust(p);
        return IntStream.range(0, ahead.size())
                .mapToObj(i -> new Test(ahead.get(i), corrected.get(i)))
                .toList();
    }

    /** Best mean first. */
    private static List<Candidate> measured(Results results, Quantity column, int bits, QueryValues values) {
        return results.opened(bits).stream()
                .map(Configuration::entry)
                .map(method -> new Candidate(
                        method, CellValues.ofMetric(results.runs(method, bits), column, results.protocol(), values)))
                .filter(candidate -> !candidate.values().isEmpty())
                .sorted(Comparator.comparingDouble(candidate ->
                        -column.direction().gain(candidate.summary().mean())))
                .toList();
    }

    /**
     * How far the best is ahead of another.
     *
     * @param difference the lead over the searches, seeds and queries of both, positive if the best is the better one
     * @param p two-sided, of the difference being 0, corrected for the tests of the best against all others; empty with fewer than
     *     {@value #FEWEST_SEEDS} seeds of both, or if nothing is known of the spread
     */
    public record Test(Summary difference, OptionalDouble p) {
        /** Whether the best is significantly better. */
        public boolean significant() {
            return difference.mean() > 0 && p.orElse(1) < Lead.LEVEL;
        }

        /** Whether the test was made and leaves open which of the two is better. */
        public boolean undecided() {
            return p.isPresent() && !significant();
        }
    }

    /**
     * A method behind the best.
     *
     * @param method the method
     * @param summary what was measured of it
     * @param test of the best against it
     */
    public record Rival(String method, Summary summary, Test test) {}

    /**
     * Who is the best in one metric at one code length, and how sure that is.
     *
     * @param column the metric
     * @param bits the code length N
     * @param method the method with the best mean
     * @param best what was measured of it
     * @param rivals the other methods, best mean first; at least one
     */
    public record Lead(Quantity column, int bits, String method, Summary best, List<Rival> rivals) {
        /** The level at which a lead counts as more than chance. */
        public static final double LEVEL = 0.05;

        /** Means that differ by less come from the order of their sums. */
        private static final double ROUNDING = 1e-12;

        public Lead {
            rivals = List.copyOf(rivals);
        }

        /** The method with the next best mean. */
        public Rival runnerUp() {
            return rivals.get(0);
        }

        /** The other methods with the same mean as the best. */
        public List<String> level() {
            return rivals.stream()
                    .filter(rival -> sharedBy(rival.summary()))
                    .map(Rival::method)
                    .toList();
        }

        /** The methods after the runner-up, best mean first, that are not significantly worse than the best. */
        public List<String> undecided() {
            return rivals.stream()
                    .skip(1)
                    .filter(rival -> !sharedBy(rival.summary()) && rival.test().undecided())
                    .map(Rival::method)
                    .toList();
        }

        /** Whether a mean is the best one, up to rounding. */
        public boolean sharedBy(Summary mean) {
            return Math.abs(best.mean() - mean.mean()) <= ROUNDING * Math.max(1, Math.abs(best.mean()));
        }

        /** Whether nobody leads, as the runner-up has the same mean. */
        public boolean tied() {
            return sharedBy(runnerUp().summary());
        }

        /** Whether the lead over the runner-up is more than chance would explain. */
        public boolean significant() {
            return runnerUp().test().significant();
        }
    }

    /**
     * The precision of the Hamming balls that are not empty, beside chance: the share of the database that is relevant. Collapsed codes
     * put nearly the whole database into every ball. Their recall is then near 100% and says nothing, and their precision is chance.
     *
     * <p>Precision is above chance if its lead is more than sampling explains. First, it has to be larger than the sampling error of a
     * share among as many queries as have a ball that is not empty: 1.96 sqrt(c (1 - c) / n) for the chance c. Second, where there are
     * several seeds, the 95% interval of the lead over them has to lie above 0.
     *
     * @param precision the mean over the seeds, 0..1
     * @param chance the mean over the seeds, 0..1
     * @param aboveChance whether the first is clearly above the second
     */
    public record BallPrecision(double precision, double chance, boolean aboveChance) {
        private static final double QUANTILE = 1.96;

        /**
         * The precision of the balls in which a quantity counts what is found.
         *
         * @param runs the runs of one method at one code length
         * @return empty if the quantity counts nothing in a ball, all balls are empty, or no run has its curves by radius, whose last
         *     value is the chance
         */
        static Optional<BallPrecision> of(ProtocolSummary protocol, List<RunResult> runs, Quantity quantity) {
            return StandardMetrics.ballOf(quantity).flatMap(ball -> of(protocol, runs, ball));
        }

        private static Optional<BallPrecision> of(
                ProtocolSummary protocol, List<RunResult> runs, StandardMetrics.Ball ball) {
            List<RunResult> filled = runs.stream()
                    .filter(run -> filled(run, ball) > 0
                            && run.metrics().containsKey(ball.precision().key()))
                    .filter(run -> run.curves().containsKey(RadiusCurves.PRECISION))
                    .toList();
            if (filled.isEmpty()) {
                return Optional.empty();
            }
            double precision = mean(filled, run -> precision(protocol, run, ball));
            double chance = mean(filled, BallPrecision::chance);
            Summary lead = CellValues.of(filled, run -> precision(protocol, run, ball) - chance(run))
                    .summary();
            double queries =
                    mean(filled, run -> filled(run, ball)) * protocol.sizes().queries();
            double sampling = QUANTILE * Math.sqrt(chance * (1 - chance) / queries);
            boolean above =
                    lead.mean() > sampling && lead.mean() > lead.halfWidth().orElse(0);
            return Optional.of(new BallPrecision(precision, chance, above));
        }

        /** The share of balls that are not empty; 0 where it is not known. */
        private static double filled(RunResult run, StandardMetrics.Ball ball) {
            return 1 - run.metrics().getOrDefault(ball.emptyBalls().key(), 1.0);
        }

        /** The ball of the largest radius is the whole database. */
        private static double chance(RunResult run) {
            double[] byRadius = Objects.requireNonNull(run.curves().get(RadiusCurves.PRECISION));
            return byRadius[byRadius.length - 1];
        }

        /** The mean precision without the empty balls, which count with the convention of the protocol. */
        private static double precision(ProtocolSummary protocol, RunResult run, StandardMetrics.Ball ball) {
            double precision =
                    Objects.requireNonNull(run.metrics().get(ball.precision().key()));
            if ("micro".equals(protocol.conventions().get("evaluation.average"))) {
                return precision;
            }
            double empty = 1 - filled(run, ball);
            double ofEmpty = "one".equals(protocol.conventions().get("evaluation.emptyBall")) ? empty : 0;
            return (precision - ofEmpty) / (1 - empty);
        }

        private static double mean(List<RunResult> runs, ToDoubleFunction<RunResult> of) {
            return runs.stream().mapToDouble(of).average().orElseThrow();
        }
    }
}
