package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.shell.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Shells with the scripts of {@code linfhash completion}. */
class CompletionTest {
    @TempDir
    private Path folder;

    private static String script(String shell) {
        StringWriter out = new StringWriter();
        int code = Program.complete(LinfhashCommand.with("completion"))
                .setOut(new PrintWriter(out))
                .execute("completion", shell);
        assertThat(code).isZero();
        return out.toString();
    }

    /** Returns the output of a shell that has read a script. */
    private String ask(String shell, String script, String question) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("completion"), script);
        Process process = new ProcessBuilder(shell, "-c", question.replace("SCRIPT", file.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private List<String> bash(String script, String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        String question = "source SCRIPT; COMP_WORDS=(" + quoted(words) + "); COMP_CWORD=" + (words.length - 1)
                + "; COMP_LINE='" + line + "'; COMP_POINT=" + line.length()
                + "; _complete_linfhash 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"";
        return ask("bash", script, question).lines().map(String::strip).toList();
    }

    private static String quoted(String... words) {
        return String.join(" ", Stream.of(words).map(word -> "'" + word + "'").toList());
    }

    private static boolean isInstalled(String shell) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, shell)));
    }

    @Test
    void bashCompletesCommandsOptionsAndChoices() throws IOException, InterruptedException {
        assumeTrue(isInstalled("bash"));
        String script = script("bash");
        assertThat(bash(script, "linfhash", "adv")).containsExactly("advise");
        assertThat(bash(script, "linfhash", "em")).containsExactly("embed");
        assertThat(bash(script, "linfhash", "results", "co")).containsExactly("compare");
        assertThat(bash(script, "linfhash", "advise", "--query-l")).containsExactly("--query-labels");
        assertThat(bash(script, "linfhash", "advise", "--engine", "el")).containsExactly("elasticsearch");
        assertThat(bash(script, "linfhash", "run", "--protocol", "cifar10-cn"))
                .containsExactly("cifar10-cnnh", "cifar10-cnnh-outside");
        assertThat(bash(script, "linfhash", "list", "meth")).containsExactly("methods");
        assertThat(bash(script, "linfhash", "fetch", "nus")).containsExactly("nus-wide");
        assertThat(bash(script, "linfhash", "quantize", "--quantizer", "rot")).containsExactly("rotated-sign");
    }

    @Test
    void zshCompletesCommands() throws IOException, InterruptedException {
        String script = script("zsh");
        assertThat(script).isEqualTo(script("bash")).contains("bashcompinit");
        assumeTrue(isInstalled("zsh"));
        assertThat(ask("zsh", script, "source SCRIPT; whence -w _complete_linfhash"))
                .contains("function");
    }

    @Test
    void fishHasALineForEachCommandAndOption() throws IOException, InterruptedException {
        String script = script("fish");
        List<String> lines = script.lines().toList();
        assertThat(lines)
                .contains(
                        "complete -c linfhash -n '__fish_use_subcommand' -f -a advise -d 'Measures quantizers on your"
                                + " vectors, such as embeddings, and recommends one'",
                        "complete -c linfhash -n '__fish_seen_subcommand_from results; and"
                                + " __fish_seen_subcommand_from compare' -l format -x -a 'table json csv'"
                                + " -d 'table, json or csv (default: table)'")
                .allSatisfy(line -> assertThat(line.replace("\\'", "")
                                        .chars()
                                        .filter(c -> c == '\'')
                                        .count()
                                % 2)
                        .isZero());
        CommandLine advise =
                Objects.requireNonNull(Main.commandLine().getSubcommands().get("advise"));
        for (OptionSpec option : advise.getCommandSpec().options()) {
            assertThat(lines.stream()
                            .filter(line -> line.contains("-n '__fish_seen_subcommand_from advise'")
                                    && line.contains(
                                            " -l " + option.longestName().substring(2) + " ")))
                    .as(option.longestName())
                    .hasSize(1);
        }
        assumeTrue(isInstalled("fish"));
        assertThat(ask("fish", script, "source SCRIPT; complete -C 'linfhash adv'"))
                .startsWith("advise");
    }
}
