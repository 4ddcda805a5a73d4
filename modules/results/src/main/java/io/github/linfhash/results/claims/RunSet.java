package io.github.linfhash.results.claims;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.claims.Claim.ClaimSubject;
import io.github.linfhash.results.claims.Claim.ClaimTest;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.SameRules;
import io.github.linfhash.results.tables.CellValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The runs of several results that were measured by the same rules on the same data; the first file counts first. */
final class RunSet {
    /** A configuration as it took part in one of the results. */
    record Entrant(Evidence evidence, Configuration method) {
        /** The runs at a code length that did not fail. */
        List<RunResult> runs(int bits) {
            return evidence.results().runs(method.entry(), bits).stream()
                    .filter(run -> !run.failed())
                    .toList();
        }

        /** Returns the protocol that measured it. */
        ProtocolSummary protocol() {
            return evidence.results().protocol();
        }

        /** Whether one search chose its options. */
        boolean ofOneSearch() {
            return evidence.results().protocol().ofOneSearch(method.entry());
        }
    }

    /** Two methods to be compared. */
    record Pair(Entrant subject, Entrant other) {
        /** Why the comparison decides nothing, whatever the numbers; empty if they decide. */
        String doubt() {
            return subject.ofOneSearch() || other.ofOneSearch() ? ClaimComparison.ONE_SEARCH : "";
        }
    }

    private final List<Evidence> files;
    private final Map<String, String> variants;

    /**
     * Runs of several results.
     *
     * @param variants by key of a metric, the variant that was tuned for it
     * @throws io.github.linfhash.core.errors.InputException if rules or data differ
     */
    RunSet(List<Evidence> files, Map<String, String> variants) {
        this.files = List.copyOf(files);
        this.variants = variants;
        files.forEach(file -> SameRules.require(files.get(0).results(), file.results()));
    }

    boolean synthetic() {
        return files.get(0).results().protocol().dataset().synthetic();
    }

    /** All code lengths, ascending. */
    List<Integer> bits() {
        return files.stream()
                .flatMap(file -> file.results().protocol().bits().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the subject's name in messages and tables, with its variant where the method has variants here. */
    String name(ClaimSubject subject, String measure) {
        return find(subject, measure).stream()
                .findFirst()
                .map(entrant -> subject.name(entrant.method().entry()))
                .orElseGet(subject::name);
    }

    /** All entrants that fit: those of the variant that was tuned for the measure, or else of the default variant. */
    List<Entrant> find(ClaimSubject subject, String measure) {
        for (String variant : subject.meantVariants(variants.get(measure))) {
            List<Entrant> found = files.stream()
                    .flatMap(file -> file.results().protocol().configurations().stream()
                            .filter(method -> subject.fits(method, variant))
                            .map(method -> new Entrant(file, method)))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** The first two that fit; two of the same configuration agree in all options but those that are named. */
    Optional<Pair> find(ClaimSubject subject, ClaimSubject other, String measure) {
        return find(subject, measure).stream()
                .flatMap(first -> find(other, measure).stream().map(second -> new Pair(first, second)))
                .filter(pair -> !subject.method().equals(other.method()) || agree(pair, subject, other))
                .findFirst();
    }

    private static boolean agree(Pair pair, ClaimSubject subject, ClaimSubject other) {
        Configuration first = pair.subject().method();
        Configuration second = pair.other().method();
        return !first.variant().equals(second.variant())
                || (rest(pair.subject(), subject, other).equals(rest(pair.other(), subject, other))
                        && first.optionsAt().equals(second.optionsAt()));
    }

    private static Map<String, OptionValue> rest(Entrant entrant, ClaimSubject subject, ClaimSubject other) {
        Map<String, OptionValue> rest = new LinkedHashMap<>(entrant.method().options());
        rest.keySet().removeAll(subject.required().keySet());
        rest.keySet().removeAll(other.required().keySet());
        return rest;
    }

    /** Differences of two methods in a measure: only where both saw the same split. */
    static final class PairedValues {
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
                        runs,
                        StandardMetrics.quantity(measure),
                        entrant.protocol(),
                        entrant.evidence().queries());
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
}
