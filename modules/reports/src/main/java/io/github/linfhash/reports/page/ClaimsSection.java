package io.github.linfhash.reports.page;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Listing.Column;
import io.github.linfhash.results.claims.Claim;
import io.github.linfhash.results.claims.Claim.ClaimSubject;
import io.github.linfhash.results.claims.ClaimComparison;
import io.github.linfhash.results.claims.ClaimComparison.EffectText;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.schema.Results;
import java.util.List;

/** Which of the publication's testable sentences stand; nothing where none were tested. */
final class ClaimsSection {
    private ClaimsSection() {}

    static Html html(Results results, List<ClaimResult> claims) {
        if (claims.isEmpty()) {
            return Html.fragment(List.of());
        }
        return Section.folding(
                "claims",
                "Claims",
                false,
                List.of(
                        Element.of("p", introduction(results)),
                        Section.table(
                                "Claims", "claims", "Claims of the paper, tested on these results", verdicts(claims)),
                        Section.folded(
                                        "The comparisons behind the verdicts",
                                        Section.table(
                                                "Comparisons of the claims",
                                                "",
                                                "Effects with 95% intervals, not corrected for several tests; p: corrected (Holm)",
                                                comparisons(claims)))
                                .with("class", "on-screen")));
    }

    private static String introduction(Results results) {
        String elsewhere = results.protocol().dataset().reproducesPaper()
                ? ""
                : " The paper has no results on these data, so a verdict applies to the methods here, not to the paper\u2019s numbers.";
        return "Differences are tested over tuning runs, seeds and, if their values are stored, queries. If a single tuning run chose"
                + " the options of a method, the claim is not decided, because another run would choose other options. Trends"
                + " over epochs are tested with a Mann\u2013Kendall test. All tests are two-sided at the 0.05 level, with Holm\u2019s"
                + " correction within each claim."
                + elsewhere
                + (results.protocol().methods().stream()
                                .anyMatch(method -> !method.variant().isEmpty())
                        ? " If a method has several configurations, a claim refers to \u201c"
                                + ClaimSubject.DEFAULT_VARIANT + "\u201d unless the comparison names another one."
                        : "");
    }

    private static Listing verdicts(List<ClaimResult> claims) {
        return Listing.of(claims)
                .column("claim", "", Column.DATA, result -> result.claim().id())
                .column("verdict", "", Column.DATA, result -> result.verdict().text())
                .head("Claim", result -> result.claim().id())
                .words(
                        "Sentence",
                        result -> Html.fragment(List.of(
                                Html.text(result.claim().sentence()),
                                Element.of("br"),
                                Element.of(
                                        "small",
                                        "\u201c" + result.claim().quotation() + "\u201d, "
                                                + result.claim().place()))))
                .number(
                        "Verdict",
                        result -> Element.of("td", result.verdict().text()).with("class", "verdict"))
                .words("Why", ClaimResult::reason);
    }

    private record Compared(Claim claim, ClaimComparison comparison) {}

    private static Listing comparisons(List<ClaimResult> claims) {
        return Listing.of(claims.stream()
                        .flatMap(result -> result.comparisons().stream().map(one -> new Compared(result.claim(), one)))
                        .toList())
                .head("Claim", row -> row.claim().id())
                .words("Comparison", row -> row.comparison().label())
                .number("Measure", row -> row.comparison().measure())
                .number(
                        "N",
                        row -> row.comparison().bits() == 0
                                ? ""
                                : row.comparison().bits())
                .number("Tuning runs", row -> row.comparison().searches())
                .number("Seeds", row -> row.comparison().seeds())
                .number("Effect", row -> EffectText.of(row.claim(), row.comparison()))
                .number("Over", row -> row.comparison().basis())
                .number("p", row -> EffectText.p(row.comparison()))
                .words("Verdict", row -> {
                    String doubt = row.comparison().doubt();
                    return row.comparison().verdict().text() + (doubt.isEmpty() ? "" : ": " + doubt);
                });
    }
}
