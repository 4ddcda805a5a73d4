package io.github.linfhash.results.listings;

import io.github.linfhash.results.regression.RegressionReport;
import io.github.linfhash.results.regression.RegressionReport.Check;
import io.github.linfhash.results.regression.ToleranceRule.Digits;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The checks of a regression as a table. */
public final class RegressionListing {
    private RegressionListing() {}

    /** A report: as a table what is not OK, then one line that counts; else all checks. */
    public static String render(RegressionReport report, OutputFormat format) {
        return switch (format) {
            case TABLE -> text(report);
            case CSV -> format.render(of(report.checks()));
            case JSON -> report.json();
        };
    }

    /** The given checks of a report, one a row. */
    public static Listing of(List<Check> checks) {
        Listing listing = new Listing("verdict", "cell", "what", "expected", "measured", "tolerance", "note");
        for (Check check : checks) {
            listing.add(
                    check.verdict().text(),
                    check.subject().cell(),
                    check.subject().what(),
                    number(check, Check.Numbers::expected),
                    number(check, Check.Numbers::measured),
                    number(check, Check.Numbers::tolerance),
                    check.note());
        }
        return listing;
    }

    private static String text(RegressionReport report) {
        List<Check> failed = report.failed();
        String rows = failed.isEmpty() ? "" : of(failed).text() + "\n";
        String environment = report.sameEnvironment()
                ? ""
                : "The expected results are of another environment: codes may differ, metrics within their tolerance.\n";
        return rows + environment + report.summary() + "\n";
    }

    private static String number(Check check, ToDoubleFunction<Check.Numbers> part) {
        return check.numbers()
                .map(numbers -> Digits.text(part.applyAsDouble(numbers)))
                .orElse("");
    }
}
