package io.github.linfhash.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An HTML element; immutable, every method gives a new one. */
public final class Element implements Html {
    private static final Set<String> VOID = Set.of("meta", "br", "hr", "col", "input");
    private static final Set<String> ON_LINES_OF_THEIR_OWN = Set.of(
            "html",
            "head",
            "body",
            "main",
            "header",
            "footer",
            "section",
            "table",
            "thead",
            "tbody",
            "tr",
            "caption",
            "h1",
            "h2",
            "h3",
            "figure",
            "figcaption",
            "p",
            "ul",
            "li",
            "dl",
            "dt",
            "dd",
            "div",
            "meta",
            "title",
            "pre",
            "details",
            "summary");

    private final String name;
    private final Map<String, String> attributes;
    private final List<Html> children;

    private Element(String name, Map<String, String> attributes, List<Html> children) {
        this.name = name;
        this.attributes = attributes;
        this.children = children;
    }

    /** An empty element. */
    public static Element of(String name) {
        if (!name.matches("[a-z][a-z0-9]*")) {
            throw new IllegalArgumentException("'" + name + "' is no name of an element");
        }
        return new Element(name, Map.of(), List.of());
    }

    /** An element with a text in it. */
    public static Element of(String name, String text) {
        return of(name).add(text);
    }

    /** The element with one more attribute. */
    public Element with(String attribute, String value) {
        if (!attribute.matches("[a-z][a-z-]*") || attribute.startsWith("on")) {
            throw new IllegalArgumentException("'" + attribute + "' is no attribute of a page without scripts");
        }
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new Element(name, more, children);
    }

    /** The element with more children at its end. */
    public Element add(Html... parts) {
        return addAll(List.of(parts));
    }

    /** The element with a text at its end. */
    public Element add(String text) {
        return add(Html.text(text));
    }

    /** The element with more children at its end. */
    public Element addAll(List<? extends Html> parts) {
        List<Html> more = new ArrayList<>(children);
        more.addAll(parts);
        return new Element(name, attributes, List.copyOf(more));
    }

    @Override
    public void appendTo(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            out.append(' ').append(attribute).append("=\"");
            Escape.appendTo(out, value);
            out.append('"');
        });
        out.append('>');
        if (!VOID.contains(name)) {
            children.forEach(child -> child.appendTo(out));
            out.append("</").append(name).append('>');
        }
        if (ON_LINES_OF_THEIR_OWN.contains(name)) {
            out.append('\n');
        }
    }
}
