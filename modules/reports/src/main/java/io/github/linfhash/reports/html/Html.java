package io.github.linfhash.reports.html;

import java.util.List;

/** A piece of an HTML page. Text and attribute values are escaped; nothing makes markup out of data. */
public sealed interface Html permits Element, Html.Text, Html.Style, Html.Fragment {
    /** Appends the markup. */
    void appendTo(StringBuilder out);

    /** A text, which stays text whatever it contains. */
    static Html text(String text) {
        return new Text(text);
    }

    /** A style sheet; of this program, never of data. */
    static Html style(String css) {
        return new Style(css);
    }

    /** Several pieces in a row. */
    static Html fragment(List<? extends Html> parts) {
        return new Fragment(List.copyOf(parts));
    }

    /** The markup as a string. */
    static String render(Html html) {
        StringBuilder out = new StringBuilder();
        html.appendTo(out);
        return out.toString();
    }

    /** A text. */
    record Text(String text) implements Html {
        @Override
        public void appendTo(StringBuilder out) {
            Escape.appendTo(out, text);
        }
    }

    /** A style sheet. */
    record Style(String css) implements Html {
        /** @throws IllegalArgumentException if the sheet could end its element or fetch something */
        public Style {
            if (css.contains("<") || css.contains("url(") || css.contains("@import")) {
                throw new IllegalArgumentException("a style sheet of a page must stand alone");
            }
        }

        @Override
        public void appendTo(StringBuilder out) {
            out.append("<style>\n").append(css).append("</style>");
        }
    }

    /** Pieces in a row. */
    record Fragment(List<? extends Html> parts) implements Html {
        @Override
        public void appendTo(StringBuilder out) {
            parts.forEach(part -> part.appendTo(out));
        }
    }
}
