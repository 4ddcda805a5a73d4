package io.github.linfhash.results.claims;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.tables.CellValues;
import java.util.List;
import java.util.OptionalDouble;

/** Differences of two methods in a measure: only where both saw the same split. */
final class PairedValues {
    private PairedValues() {}

    /** The subject's values less the other's on the scale of the test. */
    static CellValues differences(RunSet.Pair pair, String measure, int bits, ClaimTest test) {
        List<RunResult> subjects = pair.subject().runs(bits);
        List<RunResult> others = pair.other().runs(bits);
        return values(pair.subject(), sharing(subjects, others), measure, test)
                .minus(values(pair.other(), sharing(others, subjects), measure, test));
    }

    private static List<RunResult> sharing(List<RunResult> runs, List<RunResult> others) {
        return runs.stream()
                .filter(run -> others.stream()
                        .anyMatch(other -> other.key().seed() == run.key().seed()
                                && other.splitHash().equals(run.splitHash())))
                .toList();
    }

    private static CellValues values(RunSet.Entrant entrant, List<RunResult> runs, String measure, ClaimTest test) {
        boolean log = test.scale() == ClaimTest.Scale.LOG10;
        boolean metric = runs.stream().anyMatch(run -> run.metrics().containsKey(measure));
        if (metric && !log) {
            return CellValues.ofMetric(
                    runs, measure, entrant.queries(), entrant.evidence().queries());
        }
        return CellValues.of(runs, run -> {
            OptionalDouble value = ClaimMeasure.of(run, measure);
            return value.isPresent() ? finite(test.scaled(value.getAsDouble()), measure, run) : null;
        });
    }

    private static double finite(double value, String measure, RunResult run) {
        if (!Double.isFinite(value)) {
            throw new NonFiniteException(
                    measure + " of the run " + run.key() + " is " + value + " on the claim's scale");
        }
        return value;
    }

    /** The numbers of runs that claims name: a metric by its key, or {@code NAME@end}, the last value of a training curve. */
    private static final class ClaimMeasure {
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
}
