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
import java.util.ArrayList;
import java.util.List;

/** Which of the publication's testable sentences stand; nothing where none were tested. */
final class ClaimsSection {
    /** Where the rankings of stored results are published, by protocol. */
    private static final String RANKINGS = "https://linfhash.github.io/linfhash/rankings/protocols/";

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
                        Element.of("p").add(introduction(results, claims)),
                        Section.table(
                                "Claims",
                                "claims",
                                "Claims of the paper, tested on "
                                        + (claims.get(0).stored().isEmpty() ? "these results" : "stored results"),
                                verdicts(claims)),
                        Section.folded(
                                        "The comparisons behind the verdicts",
                                        Section.table(
                                                "Comparisons of the claims",
                                                "",
                                                "Effects with 95% intervals, not corrected for several tests; p: corrected (Holm)",
                                                comparisons(claims)))
                                .with("class", "on-screen")));
    }

    /** Where a verdict comes from that the results of the page did not decide, with links; nothing where they did. */
    static Html source(ClaimResult result) {
        List<Html> parts = new ArrayList<>();
        for (String protocol : result.stored()) {
            parts.add(Html.text(parts.isEmpty() ? " (from the stored results " : " and "));
            parts.add(Element.of("a", protocol).with("href", RANKINGS + protocol + ".html"));
        }
        if (!parts.isEmpty()) {
            parts.add(Html.text(")"));
        }
        return Html.fragment(parts);
    }

    private static Html introduction(Results results, List<ClaimResult> claims) {
        return claims.get(0).stored().isEmpty()
                ? Html.text(rules(results))
                : Html.fragment(List.of(
                        Html.text(
                                "This page does not decide the verdicts: they are taken from results by the same rules"
                                        + " with more tuning runs and configurations"),
                        source(claims.get(0)),
                        Html.text(". " + rules(results))));
    }

    private static String rules(Results results) {
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
