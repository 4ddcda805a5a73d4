package io.github.linfhash.cli;

import io.github.linfhash.results.regression.Check;
import io.github.linfhash.results.regression.Digits;
import io.github.linfhash.results.regression.RegressionReport;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The checks of a regression as a table. */
final class RegressionListing {
    private RegressionListing() {}

    /** The given checks of a report, one a row. */
    static Listing of(List<Check> checks) {
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

    /** What a console shows: what is not OK, then one line that counts. */
    static String text(RegressionReport report) {
        List<Check> failed = report.failed();
        String rows = failed.isEmpty() ? "" : of(failed).render(OutputFormat.TABLE) + "\n";
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
