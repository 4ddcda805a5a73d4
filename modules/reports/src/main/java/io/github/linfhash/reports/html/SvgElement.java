package io.github.linfhash.reports.html;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An SVG element; immutable, every method gives a new one.
 *
 * <p>Texts and attribute values are escaped, numbers have at most two decimals and a point whatever the locale, and
 * attributes keep their order, so that the same picture always has the same bytes.
 */
public final class SvgElement implements Html {
    private static final int DECIMALS = 2;

    private final String name;
    private final Map<String, String> attributes;
    private final String text;
    private final List<SvgElement> children;

    private SvgElement(String name, Map<String, String> attributes, String text, List<SvgElement> children) {
        this.name = name;
        this.attributes = attributes;
        this.text = text;
        this.children = children;
    }

    /** An empty element. */
    public static SvgElement of(String name) {
        return of(name, "");
    }

    /** An element with a text in it. */
    public static SvgElement of(String name, String text) {
        if (!name.matches("[a-z]+") || name.equals("script")) {
            throw new IllegalArgumentException("'" + name + "' is no name of an element of a chart");
        }
        return new SvgElement(name, Map.of(), text, List.of());
    }

    /** The element with one more attribute. */
    public SvgElement with(String attribute, String value) {
        if (!attribute.matches("[a-z][a-zA-Z0-9-]*") || attribute.startsWith("on")) {
            throw new IllegalArgumentException("'" + attribute + "' is no attribute of a chart without scripts");
        }
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new SvgElement(name, more, text, children);
    }

    /** The element with one more attribute, a number rounded to two decimals. */
    public SvgElement with(String attribute, double value) {
        return with(attribute, number(value));
    }

    /** The element with more children at its end, after its text. */
    public SvgElement addAll(List<SvgElement> parts) {
        List<SvgElement> more = new ArrayList<>(children);
        more.addAll(parts);
        return new SvgElement(name, attributes, text, List.copyOf(more));
    }

    /** A number as the chart writes it. */
    public static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Appends the markup, on lines of its own. */
    @Override
    public void appendTo(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            out.append(' ').append(attribute).append("=\"");
            Html.text(value).appendTo(out);
            out.append('"');
        });
        if (text.isEmpty() && children.isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append('>');
        Html.text(text).appendTo(out);
        if (!children.isEmpty()) {
            out.append('\n');
            children.forEach(child -> child.appendTo(out));
        }
        out.append("</").append(name).append(">\n");
    }
}
