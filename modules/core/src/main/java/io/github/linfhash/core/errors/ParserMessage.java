package io.github.linfhash.core.errors;

/** What a parser of JSON or YAML says of a text, made fit for a sentence to the user. */
public final class ParserMessage {
    private ParserMessage() {}

    /** The message in one line. Lines and columns stay; what the parser calls its source, classes and switches goes. */
    public static String plain(String message) {
        return message.replaceAll("\\[Source: .*?; line: (\\d+), column: (\\d+)]", "line $1, column $2")
                .replace("in 'reader', line", "in line")
                .replaceAll(" \\(bound as `[^`]*`\\)", "")
                .replaceAll(",? (?:from|as per) `[^`]*`", "")
                .replaceAll(": enable `[^`]*` to allow", "")
                .replaceAll(" \\(consider enabling `[^`]*`.*\\)", "")
                .replaceAll(" \\(not recognized as one since Feature '[^']*' not enabled for parser\\)", "")
                .strip()
                .replaceAll("\\s*\\R\\s*", " ");
    }
}
