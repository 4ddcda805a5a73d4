package io.github.linfhash.results.regression;

import io.github.linfhash.core.evaluation.Quantity.Direction;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.regression.RegressionReport.Check;
import io.github.linfhash.results.regression.RegressionReport.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a comparison with expected results.
 *
 * @param protocol the protocol's name
 * @param seeds the seeds that were compared
 * @param sameEnvironment whether both sides were computed alike, so that codes have to be the same
 * @param checks all checks
 */
public record RegressionReport(String protocol, List<Long> seeds, boolean sameEnvironment, List<Check> checks) {
    public RegressionReport {
        seeds = List.copyOf(seeds);
        checks = List.copyOf(checks);
    }

    /** Whether nothing changed, is missing or is new. */
    public boolean ok() {
        return checks.stream().allMatch(Check::ok);
    }

    public List<Check> failed() {
        return checks.stream().filter(check -> !check.ok()).toList();
    }

    /** One line that counts the verdicts. */
    public String summary() {
        String counts = Arrays.stream(Verdict.values())
                .filter(verdict -> verdict == Verdict.OK || count(verdict) > 0)
                .map(verdict -> count(verdict) + " " + verdict.text())
                .collect(Collectors.joining(", "));
        return protocol + ", seeds " + seeds + ": " + checks.size() + " checks: " + counts;
    }

    /**
     * Returns one object: protocol, ok, seeds, sameEnvironment, and checks, a list of objects with method and bits (null for what
     * concerns all), what, expected, measured and tolerance (null where it is no number), verdict and note.
     */
    public String json() {
        return StrictReader.toJsonFile(new Outcome(
                protocol(),
                ok(),
                seeds(),
                sameEnvironment(),
                checks().stream().map(RegressionReport::checked).toList()));
    }

    private long count(Verdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).count();
    }

    /**
     * One thing that was held against what is expected.
     *
     * @param subject what
     * @param numbers the numbers, if it is about a number
     * @param verdict what was found
     * @param note what to know of it; may be empty
     */
    public record Check(Subject subject, Optional<Numbers> numbers, Verdict verdict, String note) {
        /**
         * The numbers of a metric, means over the seeds that both sides have.
         *
         * @param expected what was expected
         * @param measured what was measured
         * @param tolerance how far they may be apart
         */
        public record Numbers(double expected, double measured, double tolerance) {
            boolean agree() {
                return Math.abs(measured - expected) <= tolerance;
            }
        }

        static Check of(Subject subject, Verdict verdict, String note) {
            return new Check(subject, Optional.empty(), verdict, note);
        }

        /** A check that two hashes are the same. */
        static Check ofHashes(Subject subject, String expected, String measured) {
            return expected.equals(measured)
                    ? of(subject, Verdict.OK, "")
                    : of(
                            subject,
                            Verdict.CHANGED,
                            "expected the hash " + expected.substring(0, 12) + ", found " + measured.substring(0, 12));
        }

        public boolean ok() {
            return verdict == Verdict.OK;
        }
    }

    /**
     * What a check is about.
     *
     * @param method the method's name, or {@code METHOD:ROW}; empty for what concerns all of them
     * @param bits the code length N; 0 for what concerns all of them
     * @param what a metric's key, {@code codes}, {@code runs}, or what all runs share: {@code protocol}, {@code dataset},
     *     {@code features}, {@code split}
     */
    public record Subject(String method, int bits, String what) {
        static Subject ofAll(String what) {
            return new Subject("", 0, what);
        }

        /** The cell, such as {@code ksh-48}; empty for what concerns all. */
        public String cell() {
            return method.isEmpty() ? "" : method + "-" + bits;
        }
    }

    /** What a check found. */
    public enum Verdict {
        OK("OK"),
        /** Moved to the better: no pass, for a leak looks like this. */
        CHANGED_BETTER("CHANGED better"),
        CHANGED_WORSE("CHANGED worse"),
        /** Moved, and neither way is better. */
        CHANGED("CHANGED"),
        /** Expected, not measured. */
        MISSING("MISSING"),
        /** Measured, not expected. */
        NEW("NEW");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** Its name for people. */
        public String text() {
            return text;
        }

        /** The verdict on a metric that moved beyond its tolerance. */
        static Verdict moved(Direction better, boolean up) {
            return switch (better) {
                case HIGHER -> up ? CHANGED_BETTER : CHANGED_WORSE;
                case LOWER -> up ? CHANGED_WORSE : CHANGED_BETTER;
                case NONE -> CHANGED;
            };
        }
    }

    private record Outcome(
            String protocol, boolean ok, List<Long> seeds, boolean sameEnvironment, List<Checked> checks) {}

    private record Checked(
            @Nullable String method,
            @Nullable Integer bits,
            String what,
            @Nullable Double expected,
            @Nullable Double measured,
            @Nullable Double tolerance,
            String verdict,
            String note) {}

    private static Checked checked(Check check) {
        Subject subject = check.subject();
        boolean all = subject.method().isEmpty();
        return new Checked(
                all ? null : subject.method(),
                all ? null : subject.bits(),
                subject.what(),
                check.numbers().map(Check.Numbers::expected).orElse(null),
                check.numbers().map(Check.Numbers::measured).orElse(null),
                check.numbers().map(Check.Numbers::tolerance).orElse(null),
                check.verdict().text(),
                check.note());
    }
}
