package io.github.linfhash.results.tables;

import java.util.stream.Collectors;

/** Texts and numbers as LaTeX sets them. */
public final class Latex {
    private Latex() {}

    /** A mean with the half width of its interval, which may be empty, in mathematics; nothing for no mean. */
    public static String number(String mean, String halfWidth, boolean bold) {
        return number(mean, halfWidth, bold, "");
    }

    static String number(String mean, String halfWidth, boolean bold, String mark) {
        if (mean.isEmpty()) {
            return "";
        }
        String value = power(mean);
        String strong = bold ? "\\mathbf{" + value + "}" : value;
        String distance = halfWidth.isEmpty() ? "" : " \\pm " + power(halfWidth);
        return "$" + strong + mark + distance + "$";
    }

    private static String power(String text) {
        return text.replaceFirst("e(-?\\d+)$", "{\\\\cdot}10^{$1}");
    }

    /** Text that LaTeX sets as it is. */
    public static String escape(String text) {
        return text.codePoints().mapToObj(Latex::escape).collect(Collectors.joining());
    }

    private static String escape(int c) {
        return switch (c) {
            case '\\' -> "\\textbackslash{}";
            case '{', '}', '$', '&', '#', '_', '%' -> "\\" + Character.toString(c);
            case '~' -> "\\textasciitilde{}";
            case '^' -> "\\textasciicircum{}";
            case '<' -> "\\textless{}";
            case '>' -> "\\textgreater{}";
            case '\u00d7' -> "$\\times$";
            case '\u2264' -> "$\\leq$";
            case '\u2113' -> "$\\ell$";
            case '\u221e' -> "$\\infty$";
            case '\n', '\r' -> " ";
            default -> Character.toString(c);
        };
    }
}
