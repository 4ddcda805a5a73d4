package io.github.linfhash.cli;

import io.github.linfhash.io.binding.OldSpellings;
import java.util.Map;
import java.util.Set;

/** Commands, options and values under the names that they had in earlier versions. Help shows the present names only. */
public final class OldNames {
    private static final Map<String, String> OPTIONS = Map.of(
            "--neighbours", "--neighbors",
            "--quantiser", "--quantizer",
            "--quantisers", "--quantizers");

    /** What takes as next word the name of a command or of one of a few values, never a file. */
    private static final Set<String> BEFORE_NAMES = Set.of("spark", "list", "help", "--relevance");

    private OldNames() {}

    /** Returns the words of a command line with present names in place of old ones. */
    public static String[] current(String... words) {
        String[] current = words.clone();
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (word.startsWith("--")) {
                int equals = word.indexOf('=');
                String name = equals < 0 ? word : word.substring(0, equals);
                current[i] = OPTIONS.getOrDefault(name, name)
                        + (equals < 0 ? "" : OldSpellings.value(word.substring(equals)));
            } else if (i > 0 && BEFORE_NAMES.contains(words[i - 1])) {
                current[i] = OldSpellings.key(word);
            } else if (i > 0 && words[i - 1].equals("--metrics")) {
                current[i] = OldSpellings.value(word);
            }
        }
        return current;
    }
}
