package io.github.linfhash.io.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks between processes are tried by ci/faults.sh. */
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

    @Test
    void aFileThatCannotBeWrittenIsAnError() {
        assertThatThrownBy(
                        () -> ProcessLock.tryAcquire(folder.resolve("nowhere").resolve(".lock")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("nowhere");
    }
}
