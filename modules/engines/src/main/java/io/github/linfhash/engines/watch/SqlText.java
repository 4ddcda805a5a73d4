package io.github.linfhash.engines.watch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL of a user as the driver reads it: with {@code ?} for a parameter, and {@code ??} for an operator's question mark. */
final class SqlText {
    /** Text that is left as it is (literals, quoted names, comments and casts), a parameter, or a question mark. */
    private static final Pattern PIECE = Pattern.compile(
            "(?<!\\w)[eE]'[^'\\\\]*+(?:(?:\\\\.|'')[^'\\\\]*+)*+'|'[^']*+'|\"[^\"]*+\""
                    + "|\\$((?:[A-Za-z_]\\w*)?)\\$.*?\\$\\1\\$|--[^\\n]*+|/\\*.*?\\*/|::"
                    + "|:'(\\w+)'|:([A-Za-z_]\\w*)|([?])",
            Pattern.DOTALL);

    /** The groups of {@link #PIECE}; the first one is the tag of a literal between dollars. */
    private static final int QUOTED = 2;

    private static final int PLAIN = 3;
    private static final int MARK = 4;

    private SqlText() {}

    /**
     * Replaces a parameter and doubles question marks, both only where they are no part of a literal, a quoted name or a comment.
     *
     * @param name of the parameter, which stands as {@code :name} or {@code :'name'}; empty for none
     */
    static String bound(String sql, String name) {
        return PIECE.matcher(sql).replaceAll(piece -> {
            boolean named = name.equals(piece.group(QUOTED)) || name.equals(piece.group(PLAIN));
            return Matcher.quoteReplacement(piece.group(MARK) != null ? "??" : named ? "?" : piece.group());
        });
    }
}
