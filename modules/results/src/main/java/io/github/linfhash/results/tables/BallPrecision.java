package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.ProtocolSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The precision of the Hamming balls that are not empty, beside chance: the share of the database that is relevant. Collapsed codes
 * put nearly the whole database into every ball. Their recall is then near 100 % and says nothing, and their precision is chance.
 *
 * <p>Precision is above chance if its lead is more than sampling explains. First, it has to be larger than the sampling error of a
 * share among as many queries as have a ball that is not empty: 1.96 sqrt(c (1 - c) / n) for the chance c. Second, where there are
 * several seeds, the 95 % interval of the lead over them (Student's t) has to lie above 0.
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
        List<Double> precisions = new ArrayList<>();
        List<Double> chances = new ArrayList<>();
        List<Double> filled = new ArrayList<>();
        for (RunResult run : runs) {
            Double precision = run.metrics().get(ball.precision());
            Double empty = run.metrics().get(ball.emptyBalls());
            double[] byRadius = run.curves().get(RadiusCurves.PRECISION);
            if (precision != null && empty != null && byRadius != null && empty < 1) {
                precisions.add(ofFilled(protocol, precision, empty));
                // The ball of the largest radius is the whole database.
                chances.add(byRadius[byRadius.length - 1]);
                filled.add(1 - empty);
            }
        }
        if (precisions.isEmpty()) {
            return Optional.empty();
        }
        double chance = mean(chances);
        Summary lead = Summary.of(IntStream.range(0, chances.size())
                .mapToDouble(s -> precisions.get(s) - chances.get(s))
                .toArray());
        double queries = mean(filled) * protocol.sizes().queries();
        double sampling = QUANTILE * Math.sqrt(chance * (1 - chance) / queries);
        OptionalDouble halfWidth = lead.halfWidth();
        boolean above = lead.mean() > sampling && lead.mean() > halfWidth.orElse(0);
        return Optional.of(new BallPrecision(mean(precisions), chance, above));
    }

    /** The mean precision without the empty balls, which count with the convention of the protocol. */
    private static double ofFilled(ProtocolSummary protocol, double precision, double empty) {
        if ("micro".equals(protocol.conventions().get("average"))) {
            return precision;
        }
        double ofEmpty = "one".equals(protocol.conventions().get("emptyBall")) ? empty : 0;
        return (precision - ofEmpty) / (1 - empty);
    }

    private static double mean(List<Double> values) {
        return Summary.of(values.stream().mapToDouble(value -> value).toArray()).mean();
    }
}
