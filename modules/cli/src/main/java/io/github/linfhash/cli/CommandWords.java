package io.github.linfhash.cli;

import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.shell.ShownCommand;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The words of commands that make results again. */
final class CommandWords {
    private CommandWords() {}

    /**
     * The command that is running, as it would be given for all runs of a protocol's results at once.
     *
     * @param spec a command that {@link RunSelection} narrows
     */
    static String command(CommandSpec spec, ProtocolSummary protocol) {
        List<String> words = ShownCommand.without(
                ShownCommand.words(spec), Set.of("--methods", "--bits", "--seeds", ShownCommand.EXTERNAL));
        return "./" + spec.qualifiedName() + ShownCommand.withoutPaths(words) + runs(protocol);
    }

    /** The options that name all runs of results, codes made elsewhere included. */
    static String runs(ProtocolSummary protocol) {
        String trained = protocol.methods().stream()
                .filter(method -> !method.madeElsewhere())
                .map(Configuration::entry)
                .collect(Collectors.joining(","));
        String read = protocol.methods().stream()
                .filter(Configuration::madeElsewhere)
                .map(method -> " " + ShownCommand.EXTERNAL + " " + method.entry() + "=DIR")
                .collect(Collectors.joining());
        return (trained.isEmpty() ? "" : " --methods " + trained) + " --bits " + numbers(protocol.bits()) + " --seeds "
                + numbers(protocol.seeds()) + read;
    }

    /** Numbers as an option takes them. */
    static String numbers(List<? extends Number> numbers) {
        return numbers.stream().map(Number::toString).collect(Collectors.joining(","));
    }
}
