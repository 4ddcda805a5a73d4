package io.github.linfhash.reports.page;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.PageShell;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.reports.page.PageParts.PageTitle;
import io.github.linfhash.results.differences.ResultDifferences;
import io.github.linfhash.results.differences.ResultDifferences.DifferenceText;
import io.github.linfhash.results.differences.ResultDifferences.OtherValue;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;

/** The page of two results side by side: one HTML file that needs nothing else, and no network. */
public final class DifferencePage {
    private DifferencePage() {}

    /**
     * The page as a text in HTML.
     *
     * @param differences of two results
     * @param first the first of them
     * @param names what the two are called
     */
    public static String render(ResultDifferences differences, Results first, List<String> names) {
        List<Html> sections = new ArrayList<>();
        sections.add(verdict(differences));
        sections.add(values("setting", "Environment and options that differ", "Setting", differences.setting(), names));
        sections.add(metrics(differences, names));
        sections.add(values("unmatched", "Runs in only one of the results", "Run", differences.unmatched(), names));
        Html lead = Element.of("p", first.protocol().title() + ": " + names.get(0) + " and " + names.get(1))
                .with("class", "lead");
        return PageShell.render(
                PageTitle.synthetic(first) + "Comparison of two results",
                List.of(Banner.alone(first), lead),
                sections,
                false,
                first.environment().version());
    }

    private static Html verdict(ResultDifferences differences) {
        return Section.of("verdict", "Verdict").add(Element.of("p", DifferenceText.verdict(differences)));
    }

    private static Html values(String id, String title, String what, List<OtherValue> values, List<String> names) {
        if (values.isEmpty()) {
            return Section.of(id, title).add(Element.of("p", "None."));
        }
        return Section.of(id, title)
                .add(Section.table(
                        title,
                        "",
                        title,
                        Listing.of(values)
                                .head(
                                        what,
                                        value -> Element.of("th", value.name())
                                                .with("scope", "row")
                                                .with("class", "words"))
                                .words(names.get(0), OtherValue::first)
                                .words(names.get(1), OtherValue::second)));
    }

    private static Html metrics(ResultDifferences differences, List<String> names) {
        return Section.of("metrics", "Metrics")
                .add(Section.table(
                        "Metrics",
                        "sortable",
                        "Means over the seeds in both results, and the difference (second minus first) with its 95% interval, not"
                                + " corrected for several tests; p: corrected (Holm);"
                                + " fractions in percent",
                        DifferenceText.table(
                                differences.metrics(),
                                column -> switch (column) {
                                    case "method" -> "Method";
                                    case "bits" -> "N";
                                    case "metric" -> "Metric";
                                    case "first" -> names.get(0);
                                    case "second" -> names.get(1);
                                    case "difference" -> "Difference";
                                    case "seeds" -> "Seeds";
                                    case "sameCodes" -> "Same codes";
                                    default -> column;
                                },
                                Listing.Column.NUMBER)));
    }
}
