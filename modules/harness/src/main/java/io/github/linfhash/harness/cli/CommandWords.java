package io.github.linfhash.harness.cli;

import java.util.List;
import java.util.Set;

/** A command as a page shows it: paths of this machine are replaced by DIR. */
final class CommandWords {
    private static final Set<String> PATH_OPTIONS = Set.of("--data", "--out");

    private CommandWords() {}

    /** The words after the command's name, each with a blank before it, without paths. */
    static String withoutPaths(List<String> words) {
        StringBuilder text = new StringBuilder();
        boolean path = false;
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            boolean inline = equals > 0 && PATH_OPTIONS.contains(word.substring(0, equals));
            text.append(' ').append(path ? "DIR" : inline ? word.substring(0, equals) + "=DIR" : word);
            path = PATH_OPTIONS.contains(word);
        }
        return text.toString();
    }
}
