package io.github.linfhash.results.board;

import io.github.linfhash.core.errors.PlainText;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who sent results and where their code is: the file {@value #FILE} beside results of a submission, as it was handed in. Results
 * without one are the suite's own.
 *
 * @param schema {@value #SCHEMA}
 * @param name the name of the row
 * @param title its name for people, or null
 * @param authors who made it
 * @param code the address of the program that made the codes
 * @param licence the licence of that program
 * @param task the digest of the task, or null
 * @param environment on what it ran, or null
 * @param seconds how long that took, as its authors measured it, or null
 * @param learnedFrom what else it was learned from, or null
 * @param remarks whatever else readers should know, or null
 */
public record About(
        String schema,
        String name,
        @Nullable String title,
        List<String> authors,
        String code,
        String licence,
        @Nullable String task,
        @Nullable String environment,
        @Nullable Seconds seconds,
        @Nullable String learnedFrom,
        @Nullable String remarks) {
    /** The name of the file. */
    public static final String FILE = "submission.yaml";

    /** The version of the file that is read. */
    public static final String SCHEMA = "linfhash-submission/1";

    private static final int LONGEST_TEXT = 1000;
    private static final Pattern ADDRESS =
            Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[!#-;=?-Z_a-z~%\\[\\]]*)?");

    /**
     * Wall-clock seconds of one run, as the authors measured them.
     *
     * @param train of learning, or null
     * @param encode of encoding queries and database, or null
     */
    public record Seconds(@Nullable Double train, @Nullable Double encode) {}

    /** @throws IllegalArgumentException if the schema is another, a text is blank, too long or more than a line, or the address is none */
    public About {
        if (!schema.equals(SCHEMA)) {
            throw new IllegalArgumentException("expected schema " + SCHEMA + ", found '" + schema + "'");
        }
        authors = List.copyOf(authors);
        authors.forEach(author -> requireLine("authors", author));
        requireLine("name", name);
        requireLine("title", title);
        requireLine("licence", licence);
        requireLine("environment", environment);
        requireLine("learnedFrom", learnedFrom);
        requireLine("remarks", remarks);
        if (code.length() > LONGEST_TEXT || !ADDRESS.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "expected as code an address that begins with https:// or http://, found '" + code + "'");
        }
    }

    private static void requireLine(String field, @Nullable String text) {
        if (text != null
                && (text.isBlank()
                        || text.length() > LONGEST_TEXT
                        || !PlainText.line(text).equals(text))) {
            throw new IllegalArgumentException("expected as " + field + " one line of at most " + LONGEST_TEXT
                    + " characters, found '" + text + "'");
        }
    }
}
