package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.published.PublishedFlag;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTable.PublishedCell;
import java.util.ArrayList;
import java.util.List;

/** The letters that mark printed numbers with something wrong, and what they stand for. */
final class FlagMarks {
    /** The flags that occur in the table; the first one is marked a, the second b. */
    private final List<PublishedFlag> flags;

    FlagMarks(PublishedTable published) {
        this.flags = published.cells().stream()
                .flatMap(cell -> cell.flags().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The marks of a printed number, each a link to its explanation. */
    List<Html> of(PublishedCell cell) {
        List<Html> marks = new ArrayList<>();
        for (PublishedFlag flag : cell.flags()) {
            marks.add(Element.of("sup")
                    .add(Element.of("a", letter(flag))
                            .with("href", "#" + id(flag))
                            .with("class", "flag")
                            .with("title", flag.sentence())));
        }
        return marks;
    }

    /** What the marks stand for, as items of a list. */
    List<Html> explanations() {
        List<Html> items = new ArrayList<>();
        for (PublishedFlag flag : flags) {
            items.add(Element.of("li")
                    .with("id", id(flag))
                    .add(Element.of("sup", letter(flag)))
                    .add(" Printed: " + decapitalised(flag.sentence())));
        }
        return items;
    }

    private String letter(PublishedFlag flag) {
        return Character.toString('a' + flags.indexOf(flag));
    }

    private static String id(PublishedFlag flag) {
        return "flag-" + flag.key();
    }

    private static String decapitalised(String sentence) {
        // F1 keeps its capital.
        return Character.isDigit(sentence.charAt(1))
                ? sentence
                : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
