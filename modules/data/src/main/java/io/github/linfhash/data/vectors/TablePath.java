package io.github.linfhash.data.vectors;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a Parquet or Arrow file, perhaps with that of a column: {@code FILE.parquet:COLUMN}.
 *
 * @param file the file
 * @param column the column that is meant, or null
 */
record TablePath(Path file, @Nullable String column) {
    private static final Pattern WITH_COLUMN =
            Pattern.compile("(.+?\\.(?:parquet|pq|arrow|feather)):(.+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Takes FILE or FILE:COLUMN apart; a file of that whole name comes first. */
    static TablePath of(Path path) {
        Matcher parts = WITH_COLUMN.matcher(path.toString());
        return parts.matches() && !Files.exists(path)
                ? new TablePath(path.getFileSystem().getPath(parts.group(1)), parts.group(2))
                : new TablePath(path, null);
    }

    /** The end of the file's name, in lower case. */
    String lowerCaseName() {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
