package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Only the commands that are spoken of are looked at; nobody can tell by what is said. */
class FewCommandsTest {
    @Test
    void aCommandIsAlone() {
        assertThat(LinfhashCommand.with("list", "methods").getSubcommands()).containsOnlyKeys("list");
    }

    @Test
    void aMistakeAndNothingAreAboutAll() {
        Set<String> all = LinfhashCommand.withAll().getSubcommands().keySet();
        assertThat(all)
                .contains("run", "list", "doctor", "help", "results", "paper")
                .hasSizeGreaterThan(20);
        for (String word : List.of("lits", "--version", "help", "")) {
            assertThat(LinfhashCommand.with(word).getSubcommands().keySet()).isEqualTo(all);
        }
        assertThat(LinfhashCommand.with().getSubcommands().keySet()).isEqualTo(all);
    }

    @Test
    void whatIsSaidIsTheSame() {
        for (CommandLine command : LinfhashCommand.withAll().getSubcommands().values()) {
            if (!command.getCommandName().equals("help")) {
                assertSame(command.getCommandName(), "--help");
                command.getSubcommands()
                        .keySet()
                        .forEach(member -> assertSame(command.getCommandName(), member, "--help"));
            }
        }
        assertSame("--help");
        assertSame("-h");
        assertSame("lits");
        assertSame("list", "--no-such-option");
        assertSame("--help", "list");
        assertSame("help", "list");
        assertSame();
    }

    private static void assertSame(String... words) {
        assertThat(said(LinfhashCommand.with(words), words))
                .as(List.of(words).toString())
                .isEqualTo(said(LinfhashCommand.withAll(), words))
                .contains("linfhash");
    }

    private static String said(CommandLine program, String... words) {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        int code = program.setOut(writer).setErr(writer).execute(words);
        return code + "\n" + said;
    }
}
