package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.advisor.command.ExitCodes;
import io.github.linfhash.advisor.command.HelpText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The text below the options of a command. */
class HelpTextTest {
    private static Stream<CommandLine> commands() {
        return Main.commandLine().getSubcommands().values().stream()
                .filter(line -> !line.getCommandName().equals("help"));
    }

    @Test
    void aParagraphIsOneLineAndCommandsStayApart() {
        assertThat(HelpText.lines(List.of("  linfhash x", "", "One sentence that goes", "on.", "", "Another.")))
                .containsExactly("  linfhash x", "", "One sentence that goes on.", "", "Another.");
    }

    @Test
    void aLongCommandGoesOnBelowAtAnOption() {
        String command =
                "  linfhash encode --protocol cifar10 --data ~/data --method ksh --bits 48 --seed 0 --out codes";
        List<String> lines = HelpText.lines(List.of(command, "      what it does"));
        assertThat(lines)
                .containsExactly(
                        "  linfhash encode --protocol cifar10 --data ~/data --method ksh --bits 48 \\",
                        "      --seed 0 --out codes",
                        "      what it does");
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
