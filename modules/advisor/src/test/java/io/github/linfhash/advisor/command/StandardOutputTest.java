package io.github.linfhash.advisor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.linfhash.shell.StandardOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardOutputTest {
    private static final Path FULL = Path.of("/dev/full");

    private final PrintStream err = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void leave() {
        System.setErr(err);
    }

    private static OutputStream closedPipe() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "advise --help", "help recall"})
    void aFullDiskIsNoSuccess(String command) throws IOException {
        assumeThat(Files.exists(FULL)).as(FULL + " of Linux").isTrue();
        try (OutputStream full = Files.newOutputStream(FULL)) {
            assertThat(StandardOutput.watch(
                            full, () -> AdvisorMain.commandLine().execute(command.split(" "))))
                    .isEqualTo(1);
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .matches("linfhash: standard output could not be written: No space left on device\\.\\R");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "--help"})
    void aClosedPipeEndsQuietlyAsTheSignalWould(String command) {
        assertThat(StandardOutput.watch(
                        closedPipe(), () -> AdvisorMain.commandLine().execute(command.split(" "))))
                .isEqualTo(141);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aCommandThatFailsAnywayKeepsItsCode() {
        assertThat(StandardOutput.watch(closedPipe(), () -> {
                    System.out.println("nobody reads this");
                    return 3;
                }))
                .isEqualTo(3);
    }

    @Test
    void everythingIsWrittenAndSystemOutIsAsBefore() {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(StandardOutput.watch(out, () -> {
                    System.out.print("no end of the line");
                    return 0;
                }))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("no end of the line");
        assertThat(System.out).isSameAs(before);
    }
}
