package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import java.util.List;

/** The parts that sections of a page are made of. */
final class Section {
    private Section() {}

    /** A section with a heading that links can point at. */
    static Element of(String id, String title) {
        return Element.of("section")
                .with("aria-labelledby", id)
                .add(Element.of("h2", title).with("id", id));
    }

    /** A wide table that scrolls by itself on narrow screens, by touch and by keyboard. */
    static Element scrolling(String label, Element table) {
        return Element.of("div")
                .with("class", "scroll")
                .with("role", "region")
                .with("aria-label", label)
                .with("tabindex", "0")
                .add(table);
    }

    /** What a table shows; it stays in view while the table scrolls. */
    static Element caption(String text) {
        return Element.of("caption").add(Element.of("span", text));
    }

    /** The heading of a column. */
    static Element heading(String title) {
        return Element.of("th", title).with("scope", "col");
    }

    /** The headings of several columns. */
    static List<Element> headings(List<String> titles) {
        return titles.stream().map(Section::heading).toList();
    }

    /** A term with its description, for a list of them. */
    static Html term(String name, Html description) {
        return Html.fragment(List.of(Element.of("dt", name), Element.of("dd").add(description)));
    }

    /** A term described by a text. */
    static Html term(String name, String description) {
        return term(name, Html.text(description));
    }

    /** A term described by something that is typed or copied. */
    static Html code(String name, String description) {
        return term(name, Element.of("code", description));
    }
}
