package io.github.linfhash.reports.page;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;

/** Warnings about data and rules, which a reader must know before any number. */
public final class Warnings {
    private Warnings() {}

    /** Returns warnings about the data and the rules; empty where there is nothing to warn of. */
    public static Html of(Results results) {
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

    /** A note on a page, warn or bad: what is to be seen first, and a text behind it. */
    public static Element note(String tone, String first, String text) {
        return Element.of("p")
                .with("class", "note " + tone)
                .with("role", "note")
                .add(Element.of("strong", first))
                .add(text);
    }
}
