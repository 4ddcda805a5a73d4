package io.github.linfhash.spark.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.spark.cli.SparkMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/** The program as a user calls it, by a line of words in which {@code F/} is a folder of the test. */
final class CalledProgram {
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    CalledProgram(Path folder) {
        this.folder = folder;
    }

    private int run(String command) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = SparkMain.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(command.replace("F/", folder + "/").split(" ", -1));
    }

    /** Runs a command that has to do what it is for; gives its standard output. */
    String succeed(String command) {
        assertThat(run(command)).as(err.toString()).isZero();
        return out.toString();
    }

    /** Runs a command that has to be refused in one sentence with all of these parts. */
    void refuse(String command, String... parts) {
        assertThat(run(command)).as(err.toString()).isEqualTo(2);
        assertThat(err.toString())
                .contains(parts)
                .startsWith("linfhash: ")
                .hasLineCount(1)
                .contains("expected", "found");
    }
}
