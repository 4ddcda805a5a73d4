package io.github.linfhash.html.builder;

/** Characters that HTML would read as markup, written so that it does not. */
final class Escape {
    private Escape() {}

    /** Appends a text so that it is safe between tags and within double quotes. */
    static void appendTo(StringBuilder out, String text) {
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
