package io.github.linfhash.advisor.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.FailureMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailureMessageTest {
    private static final String STEERING = "a\u001b[2J\u009b2J\rb";

    private static final String HEAP = "linfhash: Out of memory: the Java heap is limited to [0-9]+ MiB\\. Set "
            + "LINFHASH_HEAP=[0-9]+g and run the same command again; finished runs are reused\\.\\R";

    private final StringWriter err = new StringWriter();

    private int handle(Exception failure) {
        CommandLine line = AdvisorMain.commandLine().setErr(new PrintWriter(err, true));
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
        assertThat(err.toString()).matches(HEAP);
    }

    /** Picocli itself throws errors on, past the handler of failures. */
    @Test
    void aHeapThatIsFullOnTheMainThreadIsTheSameSentence() {
        CommandLine program = AdvisorMain.commandLine().setErr(new PrintWriter(err, true));
        program.addSubcommand("fill", new Filling());
        assertThat(program.execute("fill")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).matches(HEAP);
    }

    @Test
    void memoryOutsideTheHeapHasALimitOfItsOwn() {
        handle(new IllegalStateException(
                new OutOfMemoryError("Cannot allocate new FloatPointer(9): totalBytes = 4G, physicalBytes = 5G")));
        assertThat(err.toString())
                .startsWith("linfhash: Out of memory: memory outside the Java heap is limited to ")
                .contains("Set LINFHASH_NATIVE to a larger size");
    }

    @Command(name = "fill")
    private static final class Filling implements Runnable {
        @Override
        public void run() {
            throw new OutOfMemoryError("Java heap space");
        }
    }
}
