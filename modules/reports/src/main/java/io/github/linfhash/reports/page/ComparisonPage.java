package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.published.PublishedTable;
import io.github.linfhash.reports.published.PublishedTables;
import io.github.linfhash.reports.results.ProtocolSummary;
import io.github.linfhash.reports.results.Results;
import io.github.linfhash.reports.tables.ComparisonBuilder;
import io.github.linfhash.reports.tables.ComparisonTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page of a comparison: one HTML file that needs nothing else, neither scripts nor a network. */
public final class ComparisonPage {
    /** Browsers load nothing for such a page, whatever it contains. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'";

    private final Results results;
    private final PublishedTable published;
    private final ComparisonTable comparison;

    private ComparisonPage(Results results, PublishedTable published) {
        this.results = results;
        this.published = published;
        this.comparison = ComparisonBuilder.compare(results, published);
    }

    /**
     * The page as a text in HTML.
     *
     * @param results what was measured
     * @param tables the paper's printed tables
     * @param command the command that makes these results again
     * @throws io.github.linfhash.core.errors.InputException if the results name a printed table that there is not
     */
    public static String render(Results results, PublishedTables tables, String command) {
        Element page = new ComparisonPage(results, tables.beside(results.protocol())).html(command);
        return "<!DOCTYPE html>\n" + Html.render(page);
    }

    private Element html(String command) {
        return Element.of("html").with("lang", "en").add(head(), body(command));
    }

    private Element head() {
        return Element.of("head")
                .add(
                        Element.of("meta").with("charset", "utf-8"),
                        meta("viewport", "width=device-width, initial-scale=1"),
                        meta("color-scheme", "light dark"),
                        Element.of("meta")
                                .with("http-equiv", "Content-Security-Policy")
                                .with("content", POLICY),
                        Element.of("title", name() + " \u2013 linfhash"),
                        StyleSheet.html());
    }

    private static Element meta(String name, String content) {
        return Element.of("meta").with("name", name).with("content", content);
    }

    private Element body(String command) {
        List<Html> sections = new ArrayList<>();
        sections.add(ComparisonSection.html(comparison, published));
        sections.add(FailuresSection.html(results));
        sections.add(CostSection.html(results));
        sections.add(MethodsSection.html(results.protocol().methods()));
        sections.add(ProvenanceSection.html(results, command));
        return Element.of("body")
                .add(Element.of("header").add(title(), lead(), Banner.html(results, published)))
                .add(Element.of("main").addAll(sections))
                .add(Element.of(
                        "footer", "Made by linfhash " + results.environment().version() + "."));
    }

    private Html title() {
        return Element.of("h1", name());
    }

    private String name() {
        return (results.protocol().dataset().synthetic() ? "SYNTHETIC: " : "")
                + results.protocol().title();
    }

    private Html lead() {
        ProtocolSummary protocol = results.protocol();
        String bits = protocol.bits().stream().map(String::valueOf).collect(Collectors.joining(" and "));
        String printed = published.cells().isEmpty()
                ? ""
                : ", beside " + published.title() + " of \u201cLearning a Deep \u2113\u221e Encoder for Hashing\u201d"
                        + " (Wang et al., IJCAI 2016)";
        return Element.of("p")
                .with("class", "lead")
                .add(Count.of(protocol.methods().size(), "hashing method") + " with codes of " + bits + " bits, over "
                        + Count.of(protocol.seeds().size(), "seed") + printed
                        + ". Each seed draws a new split of the images: "
                        + Count.of(protocol.sizes().training(), "labelled training image") + ", "
                        + Count.of(protocol.sizes().queries(), "query image") + " and a database of "
                        + Count.of(protocol.sizes().database(), "image") + ".");
    }
}
