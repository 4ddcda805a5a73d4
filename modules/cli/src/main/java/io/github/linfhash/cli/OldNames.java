package io.github.linfhash.cli;

import static java.util.Map.entry;

import io.github.linfhash.io.binding.OldSpellings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine;

/**
 * Commands, options and values under the names that they had in earlier versions, and options in singular or plural. Help shows the
 * present names only.
 */
public final class OldNames {
    /** The present words of a command by its old name. */
    private static final Map<String, List<String>> COMMANDS = Map.ofEntries(
            entry("reproduce", List.of("run")),
            entry("render", List.of("report")),
            entry("hand-out", List.of("task", "create")),
            entry("score", List.of("task", "score")),
            entry("compare", List.of("results", "compare")),
            entry("merge", List.of("results", "merge")),
            entry("convert", List.of("results", "convert")),
            entry("regress", List.of("results", "check")),
            entry("site", List.of("results", "rank")),
            entry("claims", List.of("paper", "claims")),
            entry("figure5", List.of("paper", "figure5")),
            entry("figure6", List.of("paper", "figure6")),
            entry("audit-table", List.of("paper", "audit")),
            entry("features", List.of("data", "features")),
            entry("generate", List.of("data", "generate")));

    /** Options that are taken for the first of these that a command has, where it does not have them. */
    private static final Map<String, List<String>> OPTIONS = Map.ofEntries(
            entry("--against", List.of("--baseline")),
            entry("--bit", List.of("--bits")),
            entry("--codes", List.of("--external")),
            entry("--features", List.of("--vectors")),
            entry("--floats", List.of("--with-vectors")),
            entry("--method", List.of("--methods")),
            entry("--methods", List.of("--method")),
            entry("--metric", List.of("--metrics")),
            entry("--model", List.of("--network")),
            entry("--neighbours", List.of("--neighbors")),
            entry("--on-request", List.of("--all-metrics")),
            entry("--only", List.of("--selected-only")),
            entry("--onnx", List.of("--network")),
            entry("--quantiser", List.of("--quantizer", "--quantizers")),
            entry("--quantisers", List.of("--quantizers", "--quantizer")),
            entry("--quantizer", List.of("--quantizers")),
            entry("--quantizers", List.of("--quantizer")),
            entry("--queries", List.of("--num-queries")),
            entry("--rows", List.of("--max-vectors", "--count")),
            entry("--seed", List.of("--seeds")),
            entry("--seeds", List.of("--seed")),
            entry("--slow", List.of("--include-slow")),
            entry("--to", List.of("--format")),
            entry("--truth", List.of("--ground-truth")));

    /** What takes as next word the name of a command or of one of a few values, never a file. */
    private static final Set<String> BEFORE_NAMES = Set.of("spark", "list", "help", "--relevance");

    private OldNames() {}

    /** Returns the words of a command line with the present names of commands and values in place of old ones. */
    static String[] commands(String... words) {
        List<String> current = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            String before = i == 0 ? "" : words[i - 1];
            int equals = word.indexOf('=');
            if (i == 0) {
                current.addAll(command(List.of(words)));
            } else if (word.startsWith("--") && equals > 0) {
                current.add(word.substring(0, equals) + OldSpellings.value(word.substring(equals)));
            } else if (i == 1 && before.equals("help")) {
                current.addAll(COMMANDS.getOrDefault(word, List.of(OldSpellings.key(word))));
            } else if (BEFORE_NAMES.contains(before)) {
                current.add(OldSpellings.key(word));
            } else {
                current.add(before.equals("--metrics") ? OldSpellings.value(word) : word);
            }
        }
        return modes(current).toArray(String[]::new);
    }

    /** The present words of the command that a line begins with. */
    private static List<String> command(List<String> words) {
        Predicate<String> given = option -> words.stream().anyMatch(word -> named(word, option));
        return switch (words.get(0)) {
            case "regress" -> List.of("results", given.test("--accept") ? "accept" : "check");
            case "site" -> List.of("results", given.test("--collect") ? "pack" : "rank");
            case "export" -> List.of(given.test("--quantizer") || given.test("--quantiser") ? "quantize" : "export");
            case "encode" -> List.of(given.test("--protocol") || given.test("--method") ? "split" : "encode");
            default -> COMMANDS.getOrDefault(words.get(0), List.of(words.get(0)));
        };
    }

    /** What was an option that made another command of one is none of that command. */
    private static List<String> modes(List<String> words) {
        if (words.size() > 1 && words.subList(0, 2).equals(List.of("results", "accept"))) {
            return words.stream().filter(word -> !word.equals("--accept")).toList();
        }
        if (words.size() > 1 && words.subList(0, 2).equals(List.of("results", "pack"))) {
            return words.stream()
                    .map(word -> named(word, "--collect") ? "--out" + word.substring("--collect".length()) : word)
                    .toList();
        }
        return words;
    }

    private static boolean named(String word, String option) {
        return word.equals(option) || word.startsWith(option + "=");
    }

    /**
     * Returns the words of a command line with the options that the command has in place of old ones.
     *
     * @param program which knows the command
     * @param words as {@link #commands} gives them
     */
    static String[] options(CommandLine program, String... words) {
        CommandLine command = program;
        String[] current = words.clone();
        for (int i = 0; i < words.length; i++) {
            CommandLine next = command.getSubcommands().get(words[i]);
            if (next != null) {
                command = next;
            } else if (words[i].startsWith("--")) {
                int end = words[i].indexOf('=');
                String name = end < 0 ? words[i] : words[i].substring(0, end);
                current[i] = option(command, name) + words[i].substring(name.length());
            }
        }
        return current;
    }

    private static String option(CommandLine command, String name) {
        Predicate<String> known = option -> command.getCommandSpec().findOption(option) != null;
        return known.test(name)
                ? name
                : OPTIONS.getOrDefault(name, List.of()).stream()
                        .filter(known)
                        .findFirst()
                        .orElse(name);
    }

    /** Returns the words of a command line as a program takes them. */
    public static String[] current(CommandLine program, String... words) {
        return options(program, commands(words));
    }
}
