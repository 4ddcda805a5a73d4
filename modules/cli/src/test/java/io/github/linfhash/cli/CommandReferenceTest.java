package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes the reference of commands, {@code target/docs/commands.md}, from their own help. */
class CommandReferenceTest {
    private static final Path PAGE = Path.of("target/docs/commands.md");

    private final List<String> undescribed = new ArrayList<>();

    @Test
    void everyCommandAndOptionIsDescribed() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Commands

                `linfhash COMMAND --help` prints the same. `embed`, `measure`, `watch` and `spark` are described in [Compute embeddings](../embeddings.md),
                [Search your Postgres table by codes](../postgres.md), [Watch the recall of a running index](../watch.md) and
                [Beyond one machine](../spark.md).
                """);
        CommandLine program = Main.commandLine();
        program.getSubcommands().values().forEach(command -> section(page, command, ""));
        Files.createDirectories(Objects.requireNonNull(PAGE.getParent()));
        Files.writeString(PAGE, page);

        assertThat(undescribed).isEmpty();
        assertThat(page).contains("## results check", "| `--protocol=");
    }

    /** One table has the exit codes of {@code --help} and of the page. */
    @Test
    void thePageOfSettingsHasTheExitCodesOfTheProgram() throws IOException {
        String page = Files.readString(Path.of("../../docs/commands.md"));
        String table = ExitCodes.MEANINGS.entrySet().stream()
                .map(code -> "| " + code.getKey() + " | " + code.getValue() + " |\n")
                .collect(Collectors.joining());

        assertThat(page.replace("`", "")).contains("| code | meaning |\n|---|---|\n" + table + "\n");
        assertThat(Main.commandLine().getCommandSpec().usageMessage().exitCodeList())
                .isEqualTo(ExitCodes.MEANINGS);
    }

    private void section(StringBuilder page, CommandLine command, String group) {
        CommandSpec spec = command.getCommandSpec();
        String name = group + spec.name();
        if (spec.usageMessage().hidden() || spec.name().equals("help")) {
            return;
        }
        if (!command.getSubcommands().isEmpty()) {
            command.getSubcommands().values().forEach(part -> section(page, part, name + " "));
            return;
        }
        page.append("\n## ")
                .append(name)
                .append("\n\n")
                .append(text(name, description(spec)))
                .append("\n\n");
        String synopsis = new Help(spec, Help.defaultColorScheme(Ansi.OFF)).synopsis(0);
        page.append("```\nlinfhash ")
                .append(group)
                .append(synopsis.strip().replaceFirst("^linfhash (" + group + ")?", ""))
                .append("\n```\n\n");
        page.append("| option | meaning |\n|---|---|\n");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            row(page, name, parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : spec.options()) {
            if (!option.usageHelp() && !option.versionHelp() && !option.hidden()) {
                String label = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
                row(page, name, option.longestName() + label, option);
            }
        }
    }

    private void row(StringBuilder page, String command, String label, ArgSpec spec) {
        page.append("| `").append(label.replace("|", "\\|")).append("` | ");
        page.append(text(command + " " + label, spec.description())).append(" |\n");
    }

    private String text(String what, String[] lines) {
        String text = Arrays.stream(lines)
                .map(line -> String.format(Locale.ROOT, line).strip())
                .collect(Collectors.joining(" "))
                .replaceAll("\\s+", " ");
        if (text.isBlank()) {
            undescribed.add(what);
        }
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    private static String[] description(CommandSpec spec) {
        return spec.usageMessage().description();
    }
}
