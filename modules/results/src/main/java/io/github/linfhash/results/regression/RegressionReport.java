package io.github.linfhash.results.regression;

import io.github.linfhash.core.evaluation.Quantity.Direction;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.results.regression.RegressionReport.Check;
import io.github.linfhash.results.regression.RegressionReport.Subject;
import io.github.linfhash.results.regression.ToleranceRule.Digits;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("protocol", protocol);
        outcome.put("ok", ok());
        outcome.put("seeds", seeds);
        outcome.put("sameEnvironment", sameEnvironment);
        outcome.put(
                "checks",
                Listing.of(checks)
                        .words(
                                "method",
                                check -> check.ofAll() ? null : check.subject().method())
                        .number(
                                "bits",
                                check -> check.ofAll() ? null : check.subject().bits())
                        .words("what", check -> check.subject().what())
                        .number("expected", check -> check.number(Check.Numbers::expected))
                        .number("measured", check -> check.number(Check.Numbers::measured))
                        .number("tolerance", check -> check.number(Check.Numbers::tolerance))
                        .words("verdict", check -> check.verdict().text())
                        .words("note", Check::note)
                        .objects());
        return StrictReader.toJsonFile(outcome);
    }

    /** The report: as a table what is not OK, then one line that counts; else all checks. */
    public String render(OutputFormat format) {
        return switch (format) {
            case TABLE -> text();
            case CSV -> format.render(table(checks));
            case JSON -> json();
        };
    }

    private String text() {
        String rows = ok() ? "" : table(failed()).text() + "\n";
        String environment = sameEnvironment
                ? ""
                : "The reference results were measured in another environment: codes may differ, and metrics within their tolerance.\n";
        return rows + environment + summary() + "\n";
    }

    /** All checks, one a row. */
    public Listing table() {
        return table(checks);
    }

    private static Listing table(List<Check> checks) {
        return Listing.of(checks)
                .words("verdict", check -> check.verdict().text())
                .words("cell", check -> check.subject().cell())
                .words("what", check -> check.subject().what())
                .words("expected", check -> check.text(Check.Numbers::expected))
                .words("measured", check -> check.text(Check.Numbers::measured))
                .words("tolerance", check -> check.text(Check.Numbers::tolerance))
                .words("note", Check::note);
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

        private boolean ofAll() {
            return subject.method().isEmpty();
        }

        private @Nullable Double number(Function<Numbers, Double> part) {
            return numbers.map(part).orElse(null);
        }

        private String text(Function<Numbers, Double> part) {
            return numbers.map(part).map(Digits::text).orElse("");
        }

        public boolean ok() {
            return verdict == Verdict.OK;
        }
    }

    /**
     * The subject of a check.
     *
     * @param method the method's name, or {@code METHOD:VARIANT}; empty for what concerns all of them
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

    /** The outcome of a check. */
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
}
