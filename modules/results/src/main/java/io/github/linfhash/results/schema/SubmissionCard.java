package io.github.linfhash.results.schema;

import static io.github.linfhash.io.binding.StrictReader.require;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The description {@value #FILE} of a submission; docs/entering.md and docs/schemas/linfhash-submission-1.schema.json specify it. It comes from
 * anybody: texts have one line, a largest length, and no characters that nobody sees.
 *
 * @param schema {@value #SCHEMA}
 * @param name the name of the row: lower-case letters, digits and '-', first a letter
 * @param title its name for people; may be left out
 * @param authors who made it
 * @param code the address of the program that made the codes
 * @param license the license of that program
 * @param task SHA-256 of the task's {@code task.yaml}; may be left out
 * @param environment on what it ran; may be left out
 * @param seconds how long that took, as its authors measured it; may be left out
 * @param learnedFrom what else than the task's files it was learned from; may be left out where nothing was
 * @param remarks whatever else readers should know, such as why a flag is none; may be left out
 */
public record SubmissionCard(
        String schema,
        String name,
        @Nullable String title,
        List<String> authors,
        String code,
        String license,
        @Nullable String task,
        @Nullable String environment,
        @Nullable Seconds seconds,
        @Nullable String learnedFrom,
        @Nullable String remarks) {
    /** The schema that this version reads. */
    public static final String SCHEMA = "linfhash-submission/1";

    /** The name of the file in the folder of a submission. */
    public static final String FILE = "submission.yaml";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern TEXT = Pattern.compile(
            "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]([\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]*[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}])?");
    private static final Pattern ADDRESS = Pattern.compile(
            "https?://[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?(/[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]*)?");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int SHORT = 100;
    private static final int LONG = 1000;
    private static final int LONGEST_ADDRESS = 300;
    private static final int MOST_AUTHORS = 50;

    public SubmissionCard {
        require(schema.equals(SCHEMA), "expected schema " + SCHEMA + ", found '" + schema + "'");
        require(
                NAME.matcher(name).matches(),
                "name: expected at most 40 lower-case letters, digits and '-', first a letter, found '" + name + "'");
        require(
                !authors.isEmpty() && authors.size() <= MOST_AUTHORS,
                "authors: expected 1 to " + MOST_AUTHORS + " names, found " + authors.size());
        authors.forEach(author -> requireText("authors", author, SHORT));
        require(
                code.length() <= LONGEST_ADDRESS && ADDRESS.matcher(code).matches(),
                "code: expected an address, https://... of at most " + LONGEST_ADDRESS + " characters, found '" + code
                        + "'");
        requireText("license", license, SHORT);
        requireText("title", title, SHORT);
        requireText("environment", environment, LONG);
        requireText("learnedFrom", learnedFrom, LONG);
        requireText("remarks", remarks, LONG);
        require(
                task == null || DIGEST.matcher(task).matches(),
                "task: expected SHA-256 of task.yaml in 64 hexadecimal digits, found '" + task + "'");
        authors = List.copyOf(authors);
    }

    /**
     * Wall-clock seconds of one run, as the authors measured them.
     *
     * @param train of learning; may be left out
     * @param encode of encoding queries and database; may be left out
     */
    public record Seconds(@Nullable Double train, @Nullable Double encode) {
        private static final double MOST = 1e9;

        public Seconds {
            requireSeconds(train);
            requireSeconds(encode);
        }

        private static void requireSeconds(@Nullable Double value) {
            require(
                    value == null || (value >= 0 && value <= MOST),
                    "seconds: expected numbers from 0 to 1e9, found " + value);
        }
    }

    private static void requireText(String key, @Nullable String text, int longest) {
        require(
                text == null
                        || (text.codePointCount(0, text.length()) <= longest
                                && TEXT.matcher(text).matches()),
                key + ": expected a text of one line of at most " + longest
                        + " visible characters, without leading or trailing spaces, found '" + text + "'");
    }
}
