package io.github.linfhash.reports.page;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;

/** The facts that a reader must know before reading any number. */
final class Banner {
    private Banner() {}

    /** Above numbers that may stand beside a printed table. */
    static Html beside(PublishedTable published, Results results) {
        return html(results, comparability(results, published));
    }

    /** Above numbers that stand alone, whatever the paper prints. */
    static Html alone(Results results) {
        return html(results, measured(results, " This page shows no published numbers."));
    }

    private static Html html(Results results, Html measured) {
        List<Html> notes = new ArrayList<>();
        if (!results.protocol().dataset().synthetic()) {
            notes.add(measured);
        }
        notes.add(Warnings.of(results));
        long failed = results.runs().stream().filter(RunResult::failed).count();
        if (failed > 0) {
            String counted = failed + " of " + Count.of(results.runs().size(), "run") + " failed.";
            notes.add(Warnings.note("bad", counted, " ")
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
                : Warnings.note(
                        "warn",
                        "Measured on " + dataset + ": not a reproduction of the paper\u2019s numbers.",
                        " The paper measured " + published.title() + " on " + published.dataset()
                                + "; its published numbers are shown for orientation only.");
    }

    private static Html measured(Results results, String more) {
        return Element.of("p", "Measured on " + results.protocol().dataset().title() + "." + more);
    }
}
