package io.github.linfhash.reports.page;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.results.page.PageParts.Count;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;

/** The facts that a reader must know before reading any number. */
public final class Banner {
    private Banner() {}

    /** Above numbers that may stand beside a printed table. */
    static Html beside(PublishedTable published, Results results) {
        return html(results, comparability(results, published));
    }

    /** Above numbers that stand alone, whatever the paper prints. */
    static Html alone(Results results) {
        return html(results, measured(results, " This page shows no published numbers."));
    }

    /** Returns warnings about the data and the rules; empty where there is nothing to warn of. */
    public static Html warnings(Results results) {
        DatasetSummary data = results.protocol().dataset();
        List<Html> notes = new ArrayList<>();
        if (data.synthetic()) {
            notes.add(note(
                    "bad",
                    "SYNTHETIC: the features of " + data.title() + " were generated.",
                    " The numbers show that the program works. They say nothing about the real data set, so no published"
                            + " numbers are shown."));
        }
        data.facts().stream()
                .filter(fact -> fact.endsWith(DatasetSummary.INCOMPARABLE))
                .forEach(fact -> notes.add(note("warn", capitalized(fact) + ".", "")));
        data.leaks()
                .forEach(fact -> notes.add(note(
                        "warn",
                        "Queries have duplicates in the database.",
                        " " + capitalized(fact)
                                + ". To drop them, or to keep groups of duplicates together, set split.duplicates in"
                                + " the protocol file.")));
        return Html.fragment(notes);
    }

    private static String capitalized(String fact) {
        return Character.toUpperCase(fact.charAt(0)) + fact.substring(1);
    }

    private static Html html(Results results, Html measured) {
        List<Html> notes = new ArrayList<>();
        if (!results.protocol().dataset().synthetic()) {
            notes.add(measured);
        }
        notes.add(warnings(results));
        long failed = results.runs().stream().filter(RunResult::failed).count();
        if (failed > 0) {
            String counted = failed + " of " + Count.of(results.runs().size(), "run") + " failed.";
            notes.add(note("bad", counted, " ")
                    .add(Element.of("a", "Why they failed").with("href", "#failures"))
                    .add("."));
        }
        return Html.fragment(notes);
    }

    private static Html comparability(Results results, PublishedTable published) {
        String dataset = results.protocol().dataset().title();
        if (published.cells().isEmpty()) {
            // A title that names the data says all that such a note would.
            return results.protocol().title().contains(dataset) ? Html.fragment(List.of()) : measured(results, "");
        }
        return results.protocol().dataset().reproducesPaper()
                ? Element.of(
                        "p",
                        "Measured on " + dataset + ", the data set of " + published.title()
                                + ". The paper publishes neither its split nor all hyperparameters, so its numbers and ours"
                                + " come from different random splits.")
                : note(
                        "warn",
                        "Measured on " + dataset + ": not a reproduction of the paper\u2019s numbers.",
                        " The paper measured " + published.title() + " on " + published.dataset()
                                + "; its published numbers are shown for orientation only.");
    }

    private static Html measured(Results results, String more) {
        return Element.of("p", "Measured on " + results.protocol().dataset().title() + "." + more);
    }

    /** A note on a page, warn or bad: what is to be seen first, and a text behind it. */
    public static Element note(String tone, String first, String text) {
        return Element.of("p")
                .with("class", "note " + tone)
                .with("role", "note")
                .add(Element.of("strong", first))
                .add(text);
    }
}
