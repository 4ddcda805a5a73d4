package io.github.linfhash.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs a program as a user would, on files in a folder of the test. */
public abstract class ProgramInFolder {
    private static final int BAD_INPUT = 2;

    @TempDir
    protected Path root;

    protected final StringWriter out = new StringWriter();
    protected final StringWriter err = new StringWriter();

    /** The program with all of its commands. */
    protected abstract CommandLine program();

    /** The program with the commands that it looks at where these words are given. */
    protected CommandLine program(String... words) {
        return program();
    }

    /** Runs one command; what it prints goes to {@link #out} and {@link #err}. */
    protected int run(String... words) {
        CommandLine line = program(words);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(words);
    }

    /**
     * Runs one command alone in {@link #out} and {@link #err}, given as a line of words in which {@code F/} is {@link #root}
     * and each {@code %s} the next of the arguments, which may have spaces.
     */
    protected int call(String command, Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Iterator<Object> left = List.of(arguments).iterator();
        String[] words = Stream.of(command.split(" "))
                .map(word -> word.replace("F/", root + "/"))
                .map(word ->
                        word.contains("%s") ? word.replace("%s", left.next().toString()) : word)
                .toArray(String[]::new);
        assertThat(left).as(command).isExhausted();
        return run(words);
    }

    /** Runs a command that has to do what it is for; returns what it printed. */
    protected String succeed(String command, Object... arguments) {
        assertThat(call(command, arguments)).as(command + ": " + err).isZero();
        return out.toString();
    }

    /** Runs a command that has to refuse its input; returns what it said. */
    protected String badInput(String command, Object... arguments) {
        assertThat(call(command, arguments)).as(command + ": " + err).isEqualTo(BAD_INPUT);
        return err.toString();
    }
}
