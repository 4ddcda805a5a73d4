package io.github.linfhash.cli.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text that is safe inside a YAML file, wherever it comes from. */
public final class YamlText {
    private YamlText() {}

    /** A text in double quotes on one line, with everything escaped that is not a printable character. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }

    /** A text as comment lines of at most the given width, unless a single word is longer. */
    static String comment(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("#");
        for (String word :
                text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\ufeff]", "?").split(" ", -1)) {
            if (line.length() > 1 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines.stream().collect(Collectors.joining("\n"));
    }
}
