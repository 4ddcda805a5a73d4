package io.github.linfhash.reports.page;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;

/** What a reader must know before reading any number. */
public final class Banner {
    private Banner() {}

    /** Above numbers that may stand beside a printed table. */
    static Html beside(PublishedTable published, Results results) {
        return html(results, comparability(results, published));
    }

    /** Above numbers that stand alone, whatever the paper prints. */
    static Html alone(Results results) {
        return html(results, measured(results, " No printed number stands on this page."));
    }

    /** What is to be known before any number, without a word where there is nothing. */
    public static Html warnings(Results results) {
        List<Html> notes = new ArrayList<>();
        if (results.protocol().dataset().synthetic()) {
            notes.add(synthetic(results));
        }
        if (results.protocol().features().mirroredHash() != null) {
            notes.add(mirrored());
        }
        results.protocol().dataset().leaks().forEach(leak -> notes.add(leak(leak)));
        return Html.fragment(notes);
    }

    private static Html html(Results results, Html measured) {
        List<Html> notes = new ArrayList<>();
        notes.add(results.protocol().dataset().synthetic() ? synthetic(results) : measured);
        if (results.protocol().features().mirroredHash() != null) {
            notes.add(mirrored());
        }
        results.protocol().dataset().leaks().forEach(leak -> notes.add(leak(leak)));
        long failed = results.runs().stream().filter(RunResult::failed).count();
        if (failed > 0) {
            notes.add(note("bad")
                    .add(Element.of(
                            "strong", failed + " of " + Count.of(results.runs().size(), "run") + " failed."))
                    .add(" ")
                    .add(Element.of("a", "Why they failed").with("href", "#failures"))
                    .add("."));
        }
        return Html.fragment(notes);
    }

    private static Html leak(String fact) {
        return note("warn")
                .add(Element.of("strong", "Queries have duplicates in the database."))
                .add(" " + Character.toUpperCase(fact.charAt(0)) + fact.substring(1)
                        + ". A protocol file can drop them, or keep groups of them together: split.duplicates.");
    }

    private static Html mirrored() {
        return note("warn")
                .add(Element.of("strong", "Mirror images of the training images were learned from, too."))
                .add(" These numbers belong beside none that were measured without mirror images.");
    }

    private static Html synthetic(Results results) {
        return note("bad")
                .add(Element.of(
                        "strong",
                        "SYNTHETIC: the features of "
                                + results.protocol().dataset().title() + " were generated."))
                .add(" These numbers show that everything works; they say nothing about the data set itself, and no"
                        + " printed number stands beside them.");
    }

    private static Html comparability(Results results, PublishedTable published) {
        String dataset = results.protocol().dataset().title();
        if (published.cells().isEmpty()) {
            // A title that names the data says all that such a note would.
            return results.protocol().title().contains(dataset) ? Html.fragment(List.of()) : measured(results, "");
        }
        if (results.protocol().dataset().reproducesPaper()) {
            return note("good")
                    .add(Element.of(
                            "strong", "Measured on " + dataset + ", the data set of " + published.title() + "."))
                    .add(
                            " The paper publishes neither its split nor every hyper-parameter, so that its numbers and ours"
                                    + " come from different draws.");
        }
        return note("warn")
                .add(Element.of(
                        "strong", "Measured on " + dataset + ": not a reproduction of the paper\u2019s numbers."))
                .add(" The paper measured " + published.title() + " on " + published.dataset()
                        + "; printed values are shown for orientation only.");
    }

    private static Html measured(Results results, String more) {
        return note("good")
                .add(Element.of(
                        "strong", "Measured on " + results.protocol().dataset().title() + "."))
                .add(more);
    }

    /** A note on a page, good, warn or bad. */
    public static Element note(String tone) {
        return Element.of("p").with("class", "note " + tone).with("role", "note");
    }
}
