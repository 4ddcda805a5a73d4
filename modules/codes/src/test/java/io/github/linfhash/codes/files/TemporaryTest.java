package io.github.linfhash.codes.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a process which is told to end does not leave. */
class TemporaryTest {
    private static final int SIGTERM = 128 + 15;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"before", "in", "folder"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs kill")
    void aSignalLeavesNothing(String moment) throws Exception {
        Path said = folder.resolve("said");
        Path out = Files.createDirectory(folder.resolve("out"));
        Process writing = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writing.class.getName(),
                        moment,
                        out.resolve("a").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(writing.waitFor()).isEqualTo(SIGTERM);
        assertThat(said).content().doesNotContain("\tat ");
        assertThat(out).isDirectoryNotContaining(file -> !file.endsWith(".a.lock"));
    }

    @Test
    void whatIsMovedStaysAndTheRestIsDeleted() throws IOException {
        Path part = folder.resolve("part");
        Path whole = folder.resolve("whole");
        for (boolean moved : new boolean[] {true, false}) {
            try (Temporary temporary = new Temporary(part)) {
                Files.createDirectories(part.resolve("inside"));
                if (moved) {
                    temporary.moveTo(whole);
                }
            }
            assertThat(part).doesNotExist();
            assertThat(whole.resolve("inside")).isDirectory();
        }
        try (Temporary temporary = new Temporary(whole.resolve("inside"))) {
            assertThatThrownBy(() -> temporary.moveTo(folder.resolve("no/folder")))
                    .isInstanceOf(FileSystemException.class);
        }
        assertThat(whole).isEmptyDirectory();
    }

    /** A program that gets a signal before or while it writes a file or a folder, and goes on. */
    public static final class Writing {
        private Writing() {}

        /** @param arguments the moment, and the file */
        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[1]);
            switch (arguments[0]) {
                case "before" -> {
                    interrupt();
                    WholeFile.write(file, channel -> rest());
                }
                case "in" ->
                    WholeFile.write(file, channel -> {
                        interrupt();
                        rest();
                    });
                default -> {
                    try (Temporary temporary = new Temporary(file)) {
                        Path made = Files.createDirectory(temporary.path());
                        Files.write(made.resolve("inside"), new byte[9], StandardOpenOption.CREATE_NEW);
                        interrupt();
                        rest();
                    }
                }
            }
        }

        /** Returns when the process is ending. */
        private static void interrupt() throws IOException {
            new ProcessBuilder("kill", Long.toString(ProcessHandle.current().pid())).start();
            Thread none = new Thread();
            while (true) {
                try {
                    Runtime.getRuntime().addShutdownHook(none);
                    Runtime.getRuntime().removeShutdownHook(none);
                } catch (IllegalStateException e) {
                    return;
                }
            }
        }

        private static void rest() {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
