package io.github.linfhash.results.claims;

import io.github.linfhash.core.results.RunResult;
import java.util.OptionalDouble;

/** The numbers of runs that claims name: a metric by its key, or {@code NAME@end}, the last value of a training curve. */
final class ClaimMeasure {
    private static final String END = "@end";

    private ClaimMeasure() {}

    /** The number; empty if the run does not have it. */
    static OptionalDouble of(RunResult run, String measure) {
        if (measure.endsWith(END)) {
            double[] curve = run.curves().get(measure.substring(0, measure.length() - END.length()));
            return curve == null || curve.length == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(curve[curve.length - 1]);
        }
        Double value = run.metrics().get(measure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
