package io.github.linfhash.reports.page;

import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.figures.ResultFigures.Figure;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.PageShell.PageTitle;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What pages of other packages of this module are made of: the shell and the parts that all pages share. */
public final class PageParts {
    private PageParts() {}

    /**
     * A whole page that is one of several.
     *
     * @param title of the page and its main heading
     * @param above what stands before the heading
     * @param header what stands below the heading
     * @param sections the content
     * @param charts whether there are charts in it
     * @param version linfhash's version
     * @param css rules beyond those of all pages; of this program, never of data
     * @param scripts beyond those of all pages; of this program, never of data
     */
    public static String page(
            String title,
            List<Html> above,
            List<Html> header,
            List<Html> sections,
            boolean charts,
            String version,
            String css,
            List<String> scripts) {
        return PageShell.render(title, above, header, sections, charts, version, new PageShell.Extras(css, scripts));
    }

    /** A section with a heading that links can point at. */
    public static Element section(String id, String title) {
        return Section.of(id, title);
    }

    /** A wide table that scrolls by itself on narrow screens, by touch and by keyboard. */
    public static Element scrolling(String label, Element table) {
        return Section.scrolling(label, table);
    }

    /** What a table shows; it stays in view while the table scrolls. */
    public static Element caption(String text) {
        return Section.caption(text);
    }

    /** The heading of a column. */
    public static Element heading(String title) {
        return Section.heading(title);
    }

    /** A term with its description, for a list of them. */
    public static Html term(String name, Html description) {
        return Section.term(name, description);
    }

    /** A term described by something that is typed or copied. */
    public static Html code(String name, String description) {
        return Section.code(name, description);
    }

    /** A list of terms that is a column on a phone. */
    public static Element terms(List<? extends Html> terms) {
        return Element.of("dl").with("class", "wide").addAll(terms);
    }

    /** A counted thing in words. */
    public static String count(long number, String noun) {
        return Count.of(number, noun);
    }

    /** A number as HTML: {@code 5.6e-2} is shown as 5.6 times a power of ten. */
    public static Html number(String text) {
        return NumberHtml.of(text);
    }

    /** A chart with its data as a table, and no files beside the page. */
    public static Html chart(LineChart chart) {
        return ChartFigure.html(chart, List.of());
    }

    /** The mark of synthetic data, to be put before a title; empty for real data. */
    public static String synthetic(Results results) {
        return PageTitle.synthetic(results);
    }

    /** What a reader has to know of results before any number: synthetic data, mirrored images, duplicates. */
    public static Html warnings(Results results) {
        return Banner.warnings(results);
    }

    /** A method's citation and options with their origins. */
    public static Html methodCard(MethodSummary method) {
        return MethodsSection.card(method);
    }

    /** Which options methods have at some code lengths or with some seeds alone. */
    public static Html runOptions(List<MethodSummary> methods) {
        return RunOptions.html(methods);
    }

    /** What was measured: protocol, data, features, conventions and splits with their hashes, as terms. */
    public static List<Html> dataTerms(Results results) {
        return ProvenanceSection.data(results);
    }

    /** What measured, as terms. */
    public static List<Html> environmentTerms(Results results) {
        return ProvenanceSection.environment(results);
    }

    /** Counted things in words. */
    static final class Count {
        private Count() {}

        /** The number with thousands separated, and the noun in its plural where needed. */
        static String of(long number, String noun) {
            return of(number) + " " + noun + (number == 1 ? "" : "s");
        }

        /** The number with thousands separated. */
        static String of(long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
    }

    /** Numbers as HTML: {@code 5.6e-2} is shown as 5.6 times a power of ten. */
    static final class NumberHtml {
        private NumberHtml() {}

        static Html of(String text) {
            int exponent = text.indexOf('e');
            if (exponent < 0) {
                return Html.text(text);
            }
            return Html.fragment(List.of(
                    Html.text(text.substring(0, exponent) + "\u00d710"),
                    Element.of("sup", text.substring(exponent + 1).replace('-', '\u2212'))));
        }
    }

    /** The charts of a figure, side by side where there is room. */
    static final class FigureSection {
        private FigureSection() {}

        static Element html(Figure figure, List<String> files) {
            List<Html> charts = figure.charts().stream()
                    .map(chart -> ChartFigure.html(chart, files))
                    .toList();
            return Section.of(figure.id(), figure.title())
                    .add(Element.of("div").with("class", "plots").addAll(charts));
        }
    }

    /** Which options methods have at some code lengths or with some seeds alone, in sentences; nothing where there are none. */
    static final class RunOptions {
        private RunOptions() {}

        static Html html(List<MethodSummary> methods) {
            List<String> changes = methods.stream()
                    .flatMap(method -> ofLengths(method).stream())
                    .toList();
            return changes.isEmpty()
                    ? Html.fragment(List.of())
                    : Html.fragment(List.of(
                            Element.of(
                                    "p",
                                    "Some options differ by code length. A length that the protocol does not name has those of the"
                                            + " nearest that it does, of two as near those of the shorter."),
                            Element.of("ul")
                                    .with("class", "legend")
                                    .addAll(changes.stream()
                                            .map(change -> Element.of("li", change))
                                            .toList())));
        }

        private static List<String> ofLengths(MethodSummary method) {
            List<String> changes = new ArrayList<>();
            method.optionsAt()
                    .forEach((bits, changed) -> changed.forEach((name, value) ->
                            changes.add(method.label() + ": " + name + " = " + value + " at " + bits + " bits")));
            return changes;
        }
    }
}
