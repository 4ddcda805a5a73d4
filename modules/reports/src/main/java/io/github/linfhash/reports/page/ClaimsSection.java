package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.claims.Claim.ClaimSubject;
import io.github.linfhash.results.claims.ClaimComparison;
import io.github.linfhash.results.claims.ClaimComparison.EffectText;
import io.github.linfhash.results.claims.ClaimResult;
import io.github.linfhash.results.schema.Results;
import java.util.List;

/** Which of the publication's testable sentences stand; nothing where none were tested. */
final class ClaimsSection {
    private ClaimsSection() {}

    static Html html(Results results, List<ClaimResult> claims) {
        if (claims.isEmpty()) {
            return Html.fragment(List.of());
        }
        Element table = Element.of("table")
                .with("class", "claims")
                .add(Section.caption("Sentences of the paper, tested on these results"))
                .add(Element.of("thead")
                        .add(Element.of("tr")
                                .add(Section.heading("Claim"))
                                .addAll(words("Sentence"))
                                .add(Section.heading("Verdict"))
                                .addAll(words("Why"))))
                .add(Element.of("tbody")
                        .addAll(claims.stream().map(ClaimsSection::row).toList()));
        Element section = Section.of("claims", "Claims").add(Element.of("p", introduction(results)));
        return section.add(Section.scrolling("Claims", table))
                .add(Element.of("details")
                        .with("class", "on-screen")
                        .add(Element.of("summary", "The comparisons behind the verdicts"))
                        .add(Section.scrolling("Comparisons of the claims", comparisons(claims))));
    }

    private static String introduction(Results results) {
        String elsewhere = results.protocol().dataset().reproducesPaper()
                ? ""
                : " The paper did not measure on these data: a verdict is about the methods here, not about its numbers.";
        return "Each difference is tested over searches, seeds and, where their values are kept, queries. Where one search chose"
                + " the options of a method, nothing is decided: another search chooses others. Each trend over the epochs is a"
                + " Mann\u2013Kendall test. Two-sided, Holm\u2019s correction within a claim, level 0.05."
                + elsewhere
                + (results.protocol().methods().stream()
                                .anyMatch(method -> !method.row().isEmpty())
                        ? " Where a method has several rows, a claim speaks of its row \u201c"
                                + ClaimSubject.DEFAULT_ROW + "\u201d unless the comparison names another."
                        : "");
    }

    private static Element row(ClaimResult result) {
        return Element.of("tr")
                .with("data-claim", result.claim().id())
                .with("data-verdict", result.verdict().text())
                .add(Element.of("th", result.claim().id()).with("scope", "row"))
                .add(Element.of("td")
                        .with("class", "words")
                        .add(result.claim().sentence())
                        .add(Element.of("br"))
                        .add(Element.of(
                                "small",
                                "\u201c" + result.claim().quotation() + "\u201d, "
                                        + result.claim().place())))
                .add(Element.of("td", result.verdict().text()).with("class", "verdict"))
                .add(Element.of("td", result.reason()).with("class", "words"));
    }

    private static Element comparisons(List<ClaimResult> claims) {
        Element body = Element.of("tbody");
        for (ClaimResult result : claims) {
            for (ClaimComparison comparison : result.comparisons()) {
                body = body.add(row(result, comparison));
            }
        }
        return Element.of("table")
                .add(Section.caption(
                        "Effects with their 95 % intervals; p after Holm\u2019s correction, where something is tested"))
                .add(Element.of("thead")
                        .add(Element.of("tr")
                                .add(Section.heading("Claim"))
                                .addAll(words("Comparison"))
                                .addAll(Section.headings(
                                        List.of("Measure", "N", "Searches", "Seeds", "Effect", "Over", "p")))
                                .addAll(words("Verdict"))))
                .add(body);
    }

    private static Element row(ClaimResult result, ClaimComparison comparison) {
        String doubt = comparison.doubt();
        return Element.of("tr")
                .add(Element.of("th", result.claim().id()).with("scope", "row"))
                .add(Element.of("td", comparison.label()).with("class", "words"))
                .add(Element.of("td", comparison.measure()))
                .add(Element.of("td", comparison.bits() == 0 ? "" : Integer.toString(comparison.bits())))
                .add(Element.of("td", Integer.toString(comparison.searches())))
                .add(Element.of("td", Integer.toString(comparison.seeds())))
                .add(Element.of("td", EffectText.of(result.claim(), comparison)))
                .add(Element.of("td", comparison.basis()))
                .add(Element.of("td", EffectText.p(comparison)))
                .add(Element.of("td", comparison.verdict().text() + (doubt.isEmpty() ? "" : ": " + doubt))
                        .with("class", "words"));
    }

    private static List<Element> words(String... titles) {
        return Section.headings(List.of(titles)).stream()
                .map(heading -> heading.with("class", "words"))
                .toList();
    }
}
