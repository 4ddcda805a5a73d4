package io.github.linfhash.embeddings.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * The program as a user calls it.
 *
 * @param folder what {@code F/} stands for in commands
 * @param err what it said last
 */
record CalledEmbed(Path folder, StringWriter err) {
    CalledEmbed(Path folder) {
        this(folder, new StringWriter());
    }

    int run(String command) {
        err.getBuffer().setLength(0);
        CommandLine line = EmbedMain.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err));
        return line.execute(command.replace("F/", folder + "/").split(" ", -1));
    }

    void succeed(String command) {
        assertThat(run(command)).as(err.toString()).isZero();
    }

    /** One sentence. */
    void refuse(String command, String... parts) {
        assertThat(run(command)).as(err.toString()).isEqualTo(2);
        assertThat(err.toString())
                .contains(parts)
                .startsWith("linfhash: ")
                .hasLineCount(1)
                .contains("expected", "found");
    }
}
