package io.github.linfhash.html.builder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An element of HTML or of a picture in SVG; immutable, every method gives a new one.
 *
 * <p>Texts and attribute values are escaped, numbers have at most two decimals and a point whatever the locale, and attributes keep
 * their order, so that the same page or picture always has the same bytes.
 */
public final class Element implements Html {
    private static final Set<String> VOID = Set.of("meta", "br", "hr", "col", "input");
    private static final Set<String> ON_LINES_OF_THEIR_OWN = Set.of(
            ("html head body main header footer section table thead tbody tr caption h1 h2 h3 figure figcaption p ul li"
                            + " dl dt dd div meta title pre details summary")
                    .split(" "));
    private static final Set<String> SVG =
            Set.of("svg", "g", "rect", "line", "polyline", "polygon", "circle", "text", "style");
    /** Pages of the web, mail, places in the page, and relative paths, whose first part has no colon: no other schemes. */
    private static final Pattern LINK = Pattern.compile("(?is)https?://.+|mailto:.+|#.*|[^:/?#\\\\]+([/?#].*)?");

    private static final int DECIMALS = 2;

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
        if (!name.matches("[a-z][a-z0-9]*") || name.equals("script")) {
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
        if (!attribute.matches("[a-z][a-zA-Z0-9-]*") || attribute.startsWith("on")) {
            throw new IllegalArgumentException("'" + attribute + "' is no attribute of a page without scripts");
        }
        if (attribute.equals("href") && !LINK.matcher(value).matches()) {
            throw new IllegalArgumentException("expected a link to http://, https:// or mailto:, a relative path or a"
                    + " fragment, found '" + value + "'");
        }
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new Element(name, more, children);
    }

    /** The element with one more attribute, a number rounded to two decimals. */
    public Element with(String attribute, double value) {
        return with(attribute, number(value));
    }

    /** A number as pictures have it. */
    public static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
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

    /** Whether it is a cell of a table. */
    boolean isCell() {
        return name.equals("td") || name.equals("th");
    }

    @Override
    public void appendTo(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            out.append(' ').append(attribute).append("=\"");
            appendEscaped(out, value);
            out.append('"');
        });
        boolean svg = SVG.contains(name);
        if (svg && children.isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append(svg && !(children.get(0) instanceof Text) ? ">\n" : ">");
        if (!VOID.contains(name)) {
            children.forEach(child -> child.appendTo(out));
            out.append("</").append(name).append('>');
        }
        if (svg || ON_LINES_OF_THEIR_OWN.contains(name)) {
            out.append('\n');
        }
    }

    /** Appends a text so that it is safe between tags and within double quotes. */
    static void appendEscaped(StringBuilder out, String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isAllowed(c) ? c : '\ufffd');
            }
        });
    }

    /** Control characters and halves of surrogate pairs have no place in a page. */
    private static boolean isAllowed(int c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
        boolean direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        return !control && !direction && Character.getType(c) != Character.SURROGATE;
    }
}
