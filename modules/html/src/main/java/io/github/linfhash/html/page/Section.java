package io.github.linfhash.html.page;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.builder.HtmlTable;
import io.github.linfhash.io.listings.Listing;
import java.util.List;

/** The parts that sections of a page are made of. */
public final class Section {
    private Section() {}

    /** A section with a heading that links can point at. */
    public static Element of(String id, String title) {
        return Element.of("section")
                .with("aria-labelledby", id)
                .add(Element.of("h2", title).with("id", id));
    }

    /** A section whose content is shown and hidden by a click on its heading. */
    public static Element folding(String id, String title, boolean open, List<? extends Html> content) {
        Element details = Element.of("details")
                .with("class", "folding")
                .add(Element.of("summary").add(Element.of("h2", title).with("id", id)))
                .addAll(content);
        return Element.of("section").with("aria-labelledby", id).add(open ? details.with("open", "") : details);
    }

    /** A wide table that scrolls by itself on narrow screens, by touch and by keyboard. */
    public static Element scrolling(String label, Element table) {
        return Element.of("div")
                .with("class", "scroll")
                .with("role", "region")
                .with("aria-label", label)
                .with("tabindex", "0")
                .add(table);
    }

    /** A table in a region that scrolls. */
    public static Element table(String label, String looks, String caption, Listing table) {
        return scrolling(label, HtmlTable.of(looks, caption, table));
    }

    /** A term with its description, for a list of them. */
    public static Html term(String name, Html description) {
        return Html.fragment(List.of(Element.of("dt", name), Element.of("dd").add(description)));
    }

    /** A term described by a text. */
    public static Html term(String name, String description) {
        return term(name, Html.text(description));
    }

    /** A term described by something that is typed or copied. */
    public static Html code(String name, String description) {
        return term(name, Element.of("code", description));
    }

    /** A list of terms that is a column on a phone. */
    public static Element terms(List<? extends Html> terms) {
        return Element.of("dl").with("class", "wide").addAll(terms);
    }

    /** The paragraph below the heading of a page, as {@link Html#words}. */
    public static Element lead(String text, Html... pieces) {
        return Element.of("p").with("class", "lead").add(Html.words(text, pieces));
    }

    /** A paragraph, as {@link Html#words}. */
    public static Element p(String text, Html... pieces) {
        return Element.of("p").add(Html.words(text, pieces));
    }

    /** A list of items, whose looks may be empty. */
    public static Element list(String looks, List<? extends Html> items) {
        Element list = Element.of("ul");
        return (looks.isEmpty() ? list : list.with("class", looks))
                .addAll(items.stream().map(item -> Element.of("li").add(item)).toList());
    }

    /** Returns lines that are pasted elsewhere; the script of a page adds a button that copies them. */
    public static Element pasted(String lines) {
        return Element.of("pre").with("tabindex", "0").add(Element.of("code", lines));
    }

    /** Returns parts that are shown when their summary is clicked. */
    public static Element folded(String summary, Html... parts) {
        return Element.of("details").add(Element.of("summary", summary)).add(parts);
    }
}
