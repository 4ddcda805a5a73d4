package io.github.linfhash.results.regression;

import io.github.linfhash.io.binding.StrictReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a comparison as JSON. */
public final class RegressionJson {
    private RegressionJson() {}

    /**
     * One object: protocol, ok, seeds, sameEnvironment, and checks, a list of objects with method and bits (null for what
     * concerns all), what, expected, measured and tolerance (null where it is no number), verdict and note.
     */
    public static String text(RegressionReport report) {
        return StrictReader.toJsonFile(new Outcome(
                report.protocol(),
                report.ok(),
                report.seeds(),
                report.sameEnvironment(),
                report.checks().stream().map(RegressionJson::checked).toList()));
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
