package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailureMessageTest {
    private static final String STEERING = "a\u001b[2J\u009b2J\rb";

    private final StringWriter err = new StringWriter();

    private int handle(Exception failure) {
        CommandLine line = Main.commandLine().setErr(new PrintWriter(err, true));
        return new FailureMessage().handleExecutionException(failure, line, line.parseArgs());
    }

    @Test
    void aMistakeOfTheProgramShowsWhereItIsButDoesNotSteerTheTerminal() {
        assertThat(handle(new IllegalStateException(STEERING))).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .startsWith("java.lang.IllegalStateException: a?[2J?2J?b\n\tat "
                        + getClass().getName());
    }

    @Test
    void aFileThatFailsIsOneSentence() {
        Exception failure = new UncheckedIOException(new IOException(STEERING + "\nb"));
        assertThat(handle(failure)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .isEqualTo("linfhash: A file could not be read or written: a?[2J?2J?b?b." + System.lineSeparator());
    }

    @Test
    void aFullHeapIsOneSentenceThatSaysWhatHelps() {
        assertThat(handle(new IllegalStateException("a run ended", new OutOfMemoryError("Java heap space"))))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .startsWith("linfhash: memory ran out: expected that the heap of ")
                .contains("LINFHASH_HEAP=8g")
                .doesNotContain("at io.github");
    }
}
