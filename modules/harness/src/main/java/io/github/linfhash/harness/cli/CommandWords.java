package io.github.linfhash.harness.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** A command as a page shows it: paths of this machine are replaced by DIR, or FILE for vectors and labels. */
final class CommandWords {
    private static final Map<String, String> PATH_OPTIONS =
            Map.of("--data", "DIR", "--out", "DIR", "--features", "FILE", "--labels", "FILE");

    private CommandWords() {}

    /** The command that is running, to be given again from the checkout. */
    static String command(CommandSpec spec) {
        return "./linfhash " + spec.name()
                + withoutPaths(spec.commandLine().getParseResult().originalArgs());
    }

    /** The words after the command's name, each with a blank before it, without paths. */
    static String withoutPaths(List<String> words) {
        StringBuilder text = new StringBuilder();
        @Nullable String path = null;
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            @Nullable String inline = equals > 0 ? placeholder(words, word.substring(0, equals)) : null;
            String shown = inline == null ? word : word.substring(0, equals + 1) + inline;
            text.append(' ').append(path == null ? shown : path);
            path = placeholder(words, word);
        }
        return text.toString();
    }

    /** What stands for the path that an option takes, or null if it takes none; 'train' writes a file. */
    private static @Nullable String placeholder(List<String> words, String option) {
        return option.equals("--out") && words.get(0).equals("train") ? "FILE" : PATH_OPTIONS.get(option);
    }
}
