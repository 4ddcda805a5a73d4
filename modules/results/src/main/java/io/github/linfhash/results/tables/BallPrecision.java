package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.ProtocolSummary;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

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
        boolean above = lead.mean() > sampling && lead.mean() > lead.halfWidth().orElse(0);
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
