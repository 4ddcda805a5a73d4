package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.schema.MethodSummary;
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
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who leads in each metric at each code length, by {@link io.github.linfhash.core.statistics.CrossedMean}: a seed gives all methods the same
 * split, so that methods are compared seed by seed, and searches of options by their number.
 */
public final class Leads {
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
     * a method whose {@link BallPrecision} is not above chance takes no part.
     */
    public static Leads of(Results results, List<Quantity> columns) {
        return of(results, columns, QueryValues.NONE);
    }

    /** The same, with values of single queries. */
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
        return new Leads(adjusted(leads), List.copyOf(leftOut));
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

    private static Optional<Lead> lead(
            Results results, Quantity column, int bits, QueryValues values, List<LeftOut> leftOut) {
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
        Candidate next = candidates.get(1);
        Summary difference =
                best.values().aheadOf(next.values(), column.direction()).summary();
        OptionalDouble p = difference.p(0);
        return Optional.of(new Lead(
                column,
                bits,
                best.method(),
                next.method(),
                best.summary(),
                next.summary(),
                difference,
                p,
                p,
                names(candidates.stream().skip(1), other -> Lead.same(best.summary(), other.summary())),
                names(
                        candidates.stream().skip(2),
                        other -> !Lead.same(best.summary(), other.summary())
                                && best.values()
                                                .minus(other.values())
                                                .summary()
                                                .p(0)
                                                .orElse(0)
                                        >= Lead.LEVEL)));
    }

    /** Best mean first. */
    private static List<Candidate> measured(Results results, Quantity column, int bits, QueryValues values) {
        return results.protocol().configurations().stream()
                .map(MethodSummary::entry)
                .map(method -> new Candidate(
                        method,
                        CellValues.ofMetric(
                                results.runs(method, bits),
                                column.key(),
                                results.protocol().sizes().queries(),
                                values)))
                .filter(candidate -> !candidate.values().isEmpty())
                .sorted(Comparator.comparingDouble(candidate ->
                        -column.direction().gain(candidate.summary().mean())))
                .toList();
    }

    private static List<String> names(Stream<Candidate> candidates, Predicate<Candidate> wanted) {
        return candidates.filter(wanted).map(Candidate::method).toList();
    }

    private static List<Lead> adjusted(List<Lead> leads) {
        List<OptionalDouble> p = Holm.adjust(leads.stream().map(Lead::p).toList());
        return IntStream.range(0, leads.size())
                .mapToObj(i -> leads.get(i).adjustedTo(p.get(i)))
                .toList();
    }

    /**
     * Who is the best in one metric at one code length, and how sure that is.
     *
     * @param column the metric
     * @param bits the code length N
     * @param method the method with the best mean
     * @param runnerUp the method with the next best one
     * @param best what was measured of the first
     * @param next what was measured of the second
     * @param difference how far the first is ahead of the second, over the seeds that both were run with
     * @param p two-sided, of the difference being 0; empty with fewer than two seeds
     * @param adjusted the same after Holm's correction for all leads of the table
     * @param level the other methods with the same mean as the best, in the protocol's order
     * @param undecided the methods after the runner-up, best mean first, whose own p against the best is above
     *     {@link #LEVEL} already without a correction; they would be so after any
     */
    public record Lead(
            Quantity column,
            int bits,
            String method,
            String runnerUp,
            Summary best,
            Summary next,
            Summary difference,
            OptionalDouble p,
            OptionalDouble adjusted,
            List<String> level,
            List<String> undecided) {
        /** The level at which a lead counts as more than chance. */
        public static final double LEVEL = 0.05;

        /** Means that differ by less come from the order of their sums. */
        private static final double ROUNDING = 1e-12;

        public Lead {
            level = List.copyOf(level);
            undecided = List.copyOf(undecided);
        }

        /** Whether a mean is the best one, up to rounding. */
        public boolean sharedBy(Summary mean) {
            return same(best, mean);
        }

        /** Whether nobody leads, as the runner-up has the same mean. */
        public boolean tied() {
            return !level.isEmpty();
        }

        /** Whether the lead is more than chance would explain. */
        public boolean significant() {
            return adjusted.isPresent() && adjusted.getAsDouble() < LEVEL;
        }

        Lead adjustedTo(OptionalDouble value) {
            return new Lead(column, bits, method, runnerUp, best, next, difference, p, value, level, undecided);
        }

        static boolean same(Summary a, Summary b) {
            return Math.abs(a.mean() - b.mean()) <= ROUNDING * Math.max(1, Math.abs(a.mean()));
        }
    }

    /**
     * The precision of the Hamming balls that are not empty, beside chance: the share of the database that is relevant. Collapsed codes
     * put nearly the whole database into every ball. Their recall is then near 100 % and says nothing, and their precision is chance.
     *
     * <p>Precision is above chance if its lead is more than sampling explains. First, it has to be larger than the sampling error of a
     * share among as many queries as have a ball that is not empty: 1.96 sqrt(c (1 - c) / n) for the chance c. Second, where there are
     * several seeds, the 95 % interval of the lead over them has to lie above 0.
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
                    .filter(run -> filled(run, ball) > 0 && run.metrics().containsKey(ball.precision()))
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
            return 1 - run.metrics().getOrDefault(ball.emptyBalls(), 1.0);
        }

        /** The ball of the largest radius is the whole database. */
        private static double chance(RunResult run) {
            double[] byRadius = Objects.requireNonNull(run.curves().get(RadiusCurves.PRECISION));
            return byRadius[byRadius.length - 1];
        }

        /** The mean precision without the empty balls, which count with the convention of the protocol. */
        private static double precision(ProtocolSummary protocol, RunResult run, StandardMetrics.Ball ball) {
            double precision = Objects.requireNonNull(run.metrics().get(ball.precision()));
            if ("micro".equals(protocol.conventions().get("average"))) {
                return precision;
            }
            double empty = 1 - filled(run, ball);
            double ofEmpty = "one".equals(protocol.conventions().get("emptyBall")) ? empty : 0;
            return (precision - ofEmpty) / (1 - empty);
        }

        private static double mean(List<RunResult> runs, ToDoubleFunction<RunResult> of) {
            return runs.stream().mapToDouble(of).average().orElseThrow();
        }
    }
}
