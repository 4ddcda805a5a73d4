package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.factors.VarianceAnalysis.LevelMean;
import io.github.linfhash.results.factors.VarianceAnalysis.Term;
import io.github.linfhash.results.tables.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much of each metric the factors of a full layout explain, at each code length. */
public final class FactorsPage {
    private static final String TITLE = "What explains the numbers";

    private FactorsPage() {}

    /**
     * The analysis of one metric at one code length.
     *
     * @param quantity the metric, for its name and unit
     * @param means of the factors' levels
     */
    public record Analysed(Quantity quantity, int bits, List<Term> terms, List<LevelMean> means) {
        public Analysed {
            terms = List.copyOf(terms);
            means = List.copyOf(means);
        }
    }

    /**
     * The page as a text in HTML, one file that needs nothing else, and no network.
     *
     * @param lead a sentence that says what was compared
     * @param version linfhash's version
     */
    public static String render(String lead, List<Analysed> analyses, String version) {
        List<Html> sections = new ArrayList<>();
        for (Analysed one : analyses) {
            String heading = one.quantity().title() + " at " + one.bits() + " bits";
            String id = one.quantity().key().replaceAll("[^A-Za-z0-9]", "-") + "-" + one.bits();
            sections.add(Section.of(id, heading)
                    .add(shares(heading, one.terms()))
                    .add(means(heading, one.quantity(), one.means())));
        }
        return PageShell.render(TITLE, List.of(Element.of("p", lead).with("class", "lead")), sections, false, version);
    }

    private static Html shares(String heading, List<Term> terms) {
        Element body = Element.of("tbody");
        for (Term term : terms) {
            body = body.add(Element.of("tr")
                    .add(Element.of("th", term.name()).with("scope", "row"))
                    .add(Element.of("td", percent(term.share())))
                    .add(Element.of("td", percent(term.low()) + " to " + percent(term.high())))
                    .add(Element.of("td", Integer.toString(term.degrees())))
                    .add(Element.of("td", p(term.p()))));
        }
        return table(
                heading + ": shares of the variance",
                "Shares of the sum of squares that is left when what seeds do to all alike is taken out, in percent; intervals"
                        + " of 95 % over the seeds, by the jackknife;"
                        + " p of the F test against the rest.",
                List.of("factor", "share", "interval", "degrees of freedom", "p"),
                body);
    }

    private static Html means(String heading, Quantity quantity, List<LevelMean> means) {
        Element body = Element.of("tbody");
        for (LevelMean mean : means) {
            body = body.add(Element.of("tr")
                    .add(Element.of("th", mean.factor() + " " + mean.level()).with("scope", "row"))
                    .add(Element.of("td", NumberText.value(quantity, mean.mean())))
                    .add(Element.of(
                            "td",
                            NumberText.value(quantity, mean.low()) + " to "
                                    + NumberText.value(quantity, mean.high()))));
        }
        return table(
                heading + ": means of the levels",
                "Means over all other levels and the seeds, with intervals of 95 % over the seeds.",
                List.of("level", "mean", "interval"),
                body);
    }

    private static Html table(String name, String caption, List<String> columns, Element body) {
        return Section.scrolling(
                name,
                Element.of("table")
                        .with("class", "data")
                        .add(Section.caption(caption))
                        .add(Element.of("thead").add(Element.of("tr").addAll(Section.headings(columns))))
                        .add(body));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String p(double p) {
        return Double.isNaN(p) ? "" : p < 1e-4 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }
}
