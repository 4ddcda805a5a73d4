package io.github.linfhash.html.builder;

import io.github.linfhash.core.digest.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A piece of an HTML page. Text and attribute values are escaped; nothing makes markup out of data. */
public sealed interface Html permits Element, Html.Text, Html.Style, Html.Script, Html.Data, Html.Fragment {
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

    /** Data for scripts, in JSON; browsers do not run it. */
    static Html data(String id, String json) {
        return new Data(id, json);
    }

    /**
     * A text of this program, with other pieces in the places of its braces: {@code "Rules {}, on {}."}.
     *
     * @throws IllegalArgumentException if there are not as many pieces as places
     */
    static Html words(String text, Html... pieces) {
        String[] parts = text.split("\\{}", -1);
        if (parts.length != pieces.length + 1) {
            throw new IllegalArgumentException(pieces.length + " pieces for the places of '" + text + "'");
        }
        List<Html> all = new ArrayList<>(List.of(text(parts[0])));
        for (int i = 0; i < pieces.length; i++) {
            all.add(pieces[i]);
            all.add(text(parts[i + 1]));
        }
        return new Fragment(all);
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
            Element.appendEscaped(out, text);
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

    /** A script. */
    record Script(String code) implements Html {
        /** @throws IllegalArgumentException if the script could end its element */
        public Script {
            if (code.contains("</script") || code.contains("<!--")) {
                throw new IllegalArgumentException("a script of a page must not hold the end of its element");
            }
        }

        /** Returns the source by which a content security policy allows this script and no other. */
        public String source() {
            byte[] hash = Digests.sha256().digest(code.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        }

        @Override
        public void appendTo(StringBuilder out) {
            out.append("<script>").append(code).append("</script>\n");
        }
    }

    /** Data in JSON. */
    record Data(String id, String json) implements Html {
        @Override
        public void appendTo(StringBuilder out) {
            out.append("<script type=\"application/json\" id=\"");
            Element.appendEscaped(out, id);
            // In JSON, < stands in strings alone.
            out.append("\">").append(json.replace("<", "\\u003c")).append("</script>\n");
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
