package io.github.linfhash.codes.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
    @TempDir
    private Path folder;

    @Test
    void isHeldByOneUntilItIsClosed() throws IOException {
        Path file = folder.resolve(".lock");
        try (ProcessLock lock = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(ProcessLock.tryAcquire(file)).isEmpty();
        }
        try (ProcessLock lock = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void saysWhoHasIt() throws IOException {
        Path file = Files.writeString(folder.resolve(".lock"), "12345678901234567890");
        try (ProcessLock lock = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(ProcessLock.holder(file))
                    .isEqualTo("process " + ProcessHandle.current().pid());
        }
        Files.writeString(file, "nobody\nin particular");
        assertThat(ProcessLock.holder(file)).isEqualTo("another process");
        Files.writeString(file, "1".repeat(33));
        assertThat(ProcessLock.holder(file)).as("no number of a process").isEqualTo("another process");
    }

    /** A process that closes a file releases its locks on it, by whichever channel and path. */
    @Test
    void staysHeldAfterASecondAttemptOfThisProcess() throws Exception {
        Path file = folder.resolve(".lock");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        try (ProcessLock lock = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(another(file)).isEqualTo("refused");
            assertThat(ProcessLock.tryAcquire(file)).isEmpty();
            assertThat(ProcessLock.tryAcquire(link.resolve(".lock"))).isEmpty();
            assertThat(ProcessLock.holder(file)).isNotEmpty();
            assertThat(another(file)).isEqualTo("refused");
        }
        assertThat(another(file)).isEqualTo("acquired");
    }

    /** Returns what another process is told. */
    private static String another(Path file) throws Exception {
        StringJoiner path = new StringJoiner(File.pathSeparator);
        for (Class<?> needed : List.of(ProcessLock.class, Another.class)) {
            path.add(Path.of(needed.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(), "-cp", path.toString(), Another.class.getName(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return told.strip();
    }

    /** Tries to take a lock. */
    static final class Another {
        private Another() {}

        public static void main(String[] args) throws IOException {
            System.out.println(ProcessLock.tryAcquire(Path.of(args[0])).isPresent() ? "acquired" : "refused");
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsAnError() {
        assertThatThrownBy(
                        () -> ProcessLock.tryAcquire(folder.resolve("nowhere").resolve(".lock")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("nowhere");
    }
}
