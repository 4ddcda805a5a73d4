package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.shell.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The text below the options of a command. */
class HelpTextTest {
    private static Stream<CommandLine> commands() {
        return Main.commandLine().getSubcommands().values().stream()
                .filter(line -> !line.getCommandName().equals("help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examplesFitIntoEightyColumnsAndAreTheCommandsThatWereWritten(CommandLine command) {
        StringWriter text = new StringWriter();
        command.usage(new PrintWriter(text));
        List<String> lines = text.toString().lines().toList();
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(" \\")) {
                assertThat(lines.get(i + 1)).startsWith("      ").doesNotStartWith("       ");
            }
        }
        List<String> written = Stream.of(command.getCommandSpec().usageMessage().footer())
                .filter(line -> line.startsWith("  linfhash "))
                .toList();
        assertThat(written).allSatisfy(line -> assertThat(text.toString()).contains(line));
    }

    private static Stream<CommandLine> all() {
        return commands()
                .flatMap(command -> command.getSubcommands().isEmpty()
                        ? Stream.of(command)
                        : command.getSubcommands().values().stream());
    }

    /** Every line of usage is one command with what it requires, and each option is below one heading. */
    @ParameterizedTest
    @MethodSource("all")
    void manyOptionsHaveHeadingsAndAShortSynopsis(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.options().size() <= 8) {
            return;
        }
        List<String> lines = command.getUsageMessage().lines().toList();
        assertThat(lines.get(0)).startsWith("Usage: " + spec.qualifiedName() + " [OPTIONS]");
        assertThat(lines.stream().filter(line -> line.matches("(Input|Settings|Output):")))
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates();
        for (OptionSpec option : spec.options()) {
            Pattern shown = Pattern.compile("(  -\\w, | {6}|  )" + option.longestName() + "(=\\S*)?( {2,}.*)?");
            assertThat(lines.stream().filter(line -> shown.matcher(line).matches()))
                    .as(option.longestName())
                    .hasSize(1);
            if (option.required() && option.group() == null) {
                assertThat(lines.get(0) + lines.get(1)).contains(option.longestName() + " " + option.paramLabel());
            }
        }
    }

    @Test
    void theHelpOfAdviseHasItsTopicsInOrder() {
        List<String> lines = command("advise").getUsageMessage().lines().toList();
        assertThat(lines.get(0)).isEqualTo("Usage: linfhash advise [OPTIONS] --vectors FILE");
        assertThat(lines)
                .containsSubsequence(
                        "Input:",
                        "Layout of the files:",
                        "Settings:",
                        "Engine:",
                        "Check of a fitted quantizer:",
                        "Output:",
                        "Examples:");
        assertThat(lines.get(lines.indexOf("Input:") + 1)).contains("--vectors=FILE");
        assertThat(String.join(" ", lines).replaceAll(" +", " "))
                .contains("pgvector, lucene, faiss, elasticsearch, opensearch, qdrant, weaviate, redis, sqlite-vec.");
    }

    private static CommandLine command(String name) {
        return commands()
                .filter(line -> line.getCommandName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The list of commands shows the first line of each description. */
    @ParameterizedTest
    @MethodSource("commands")
    void whatTheListOfCommandsShowsOfOneIsASentence(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description()[0])
                .endsWith(".")
                .hasSizeLessThan(180);
    }

    @Test
    void aWrongValueIsASentenceAndALineThatSaysWhereToLook() {
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute("tune", "--methods", "nnh", "--trials", "many");
        assertThat(code).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString().lines())
                .hasSize(2)
                .satisfiesExactly(
                        sentence ->
                                assertThat(sentence).startsWith("linfhash: ").contains("--trials", "'many'"),
                        where -> assertThat(where).isEqualTo("'linfhash tune --help' has the options and examples."));
    }
}
