package io.github.linfhash.shell;

import io.github.linfhash.core.errors.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Checks that the files on a command line exist, before the command reads or computes anything. */
final class NamedFiles {
    /** Options that name a file to write. */
    static final Set<String> WRITTEN =
            Set.of("--out", "--onnx", "--allure", "--save-vectors", "--state", "--openmetrics", "--report");

    private static final Pattern WITH_NAME = Pattern.compile("(.+?\\.[A-Za-z0-9]+):.+", Pattern.DOTALL);

    private NamedFiles() {}

    /** Whether an option or parameter names files that the command reads. */
    static boolean isRead(ArgSpec argument) {
        return argument.auxiliaryTypes()[0].equals(Path.class)
                && !(argument instanceof OptionSpec option && WRITTEN.contains(option.longestName()));
    }

    /**
     * Checks the files that a command reads.
     *
     * @throws InputException if one does not exist or cannot be read
     */
    static void require(CommandSpec command) {
        for (ArgSpec argument : command.args()) {
            if (isRead(argument)) {
                String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
                argument.originalStringValues().forEach(word -> require(name, word));
            }
        }
    }

    private static void require(String name, String word) {
        Path file = path(word);
        if (!Files.exists(file)) {
            throw new InputException(name + ": expected an existing file or folder, found nothing at " + file);
        }
        if (!Files.isReadable(file)) {
            throw new InputException(name + ": expected a file or folder that you may read, found " + file);
        }
    }

    /** Returns the path in a word of the command line: of FILE:NAME, a column or an array of a file, and of file:/PATH as in Spark. */
    static Path path(String word) {
        String plain = word.replaceFirst("^(?i:file:)(//)?(?=/)", "");
        Path whole = Path.of(plain);
        Matcher named = WITH_NAME.matcher(plain);
        return named.matches() && !Files.exists(whole) ? Path.of(named.group(1)) : whole;
    }
}
