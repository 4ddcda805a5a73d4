package io.github.linfhash.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** A command as a page or a file shows it: without the folders of this machine. */
public final class ShownCommand {
    /** The option whose value is NAME=PATH. */
    public static final String EXTERNAL = "--external";

    /** Options that do not change the result of a command, and are not shown. */
    private static final Set<String> UNSHOWN = Set.of("--force", "-q", ConsoleProgress.QUIET);

    private static final Map<String, String> PATH_OPTIONS = Map.ofEntries(
            Map.entry("--data", "DIR"),
            Map.entry("--out", "DIR"),
            Map.entry("--vectors", "FILE"),
            Map.entry("--queries", "FILE"),
            Map.entry("--labels", "FILE"),
            Map.entry("--network", "FILE"),
            Map.entry("--ids", "FILE"),
            Map.entry("--filter-values", "FILE"),
            Map.entry("--check", "FILE"),
            Map.entry("--answer", "FILE"),
            Map.entry("--state", "FILE"),
            Map.entry("--report", "FILE"),
            Map.entry("--openmetrics", "FILE"),
            Map.entry("--database", "URL"));

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.@%+,:=-]+");

    private ShownCommand() {}

    /** Returns the running command as it is repeated in a checkout; DIR or FILE stands for each path. */
    public static String of(CommandSpec spec) {
        return "./" + spec.qualifiedName() + withoutPaths(words(spec));
    }

    /** Returns the running command with the names of its files, without their folders. */
    public static String withNames(CommandSpec spec) {
        return "./" + spec.qualifiedName() + shown(words(spec), ShownCommand::name);
    }

    /** Returns the name of a file as a shell takes it; the placeholder of what is no file, or has no name. */
    static String name(String placeholder, String path) {
        String name = path.replaceFirst("/+$", "");
        name = name.substring(name.lastIndexOf('/') + 1);
        return placeholder.equals("URL") || name.isEmpty()
                ? placeholder
                : PLAIN.matcher(name).matches() ? name : "'" + name.replace("'", "'\\''") + "'";
    }

    /** Returns the words of the command line, from the name of the command on. */
    public static List<String> words(CommandSpec spec) {
        List<String> words = spec.commandLine().getParseResult().originalArgs();
        int groups = spec.qualifiedName().split(" ", -1).length - 2;
        return words.subList(groups, words.size());
    }

    /** Returns the words without these options and their values. */
    public static List<String> without(List<String> words, Set<String> options) {
        List<String> kept = new ArrayList<>();
        for (int w = 0; w < words.size(); w++) {
            String word = words.get(w);
            if (options.contains(word)) {
                w++; // its value
            } else if (options.stream().noneMatch(option -> word.startsWith(option + "="))) {
                kept.add(word);
            }
        }
        return kept;
    }

    /** Returns the words after the name of the command, each after a space, with placeholders for paths. */
    public static String withoutPaths(List<String> words) {
        return shown(words, (placeholder, path) -> placeholder);
    }

    /** Returns the words after the name of the command; what stands for a path is made of its placeholder and itself. */
    static String shown(List<String> words, BinaryOperator<String> paths) {
        StringBuilder text = new StringBuilder();
        @Nullable String path = null;
        boolean named = false;
        for (String word : words.subList(1, words.size())) {
            if (UNSHOWN.contains(word)) {
                continue;
            }
            int equals = word.indexOf('=');
            @Nullable String inline = equals > 0 ? placeholder(words, word.substring(0, equals)) : null;
            String shown = inline == null
                    ? word
                    : word.substring(0, equals + 1) + paths.apply(inline, word.substring(equals + 1));
            if (named || word.startsWith(EXTERNAL + "=")) {
                int name = word.indexOf('=', named ? 0 : EXTERNAL.length() + 1);
                shown = word.substring(0, name + 1) + "DIR";
            }
            text.append(' ').append(path == null ? shown : paths.apply(path, word));
            path = placeholder(words, word);
            named = word.equals(EXTERNAL);
        }
        return text.toString();
    }

    /** Returns the placeholder for the path that an option takes, or null if it takes none; 'train' writes a file. */
    private static @Nullable String placeholder(List<String> words, String option) {
        return option.equals("--out") && words.get(0).equals("train") ? "FILE" : PATH_OPTIONS.get(option);
    }
}
