package io.github.linfhash.io.files;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    private static final String LEFT = ".results.json.999999999999999999.01234567-89ab-cdef-0123-456789abcdef.part";

    @TempDir
    private Path root;

    @Test
    void isMadeAndRidOfWhatAKilledProcessLeft() throws IOException {
        Path folder = root.resolve("a").resolve("b");
        OutputFolder.open(folder).close();
        for (Path left : List.of(folder.resolve(LEFT), folder.resolve("runs").resolve(LEFT))) {
            Files.setLastModifiedTime(
                    Files.writeString(left, "half"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        }
        OutputFolder.open(folder).close();
        assertThat(folder.resolve(LEFT)).doesNotExist();
        assertThat(folder.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void isForOneAtATime() throws IOException {
        try (OutputFolder first = OutputFolder.open(root)) {
            assertBadInput(() -> OutputFolder.open(first.path()))
                    .hasMessage("output folder " + root + " is used by process "
                            + ProcessHandle.current().pid()
                            + "; wait until it ends, or choose another folder with --out");
        }
        OutputFolder.open(root).close();
    }

    @Test
    void aFolderThatCannotBeReadKeepsNoLock() throws IOException {
        Path closed = Files.createDirectory(root.resolve("closed"));
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(closed);
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            assumeThat(Files.isReadable(closed)).as("root reads everything").isFalse();
            assertBadInput(() -> OutputFolder.open(root))
                    .hasMessageStartingWith("output folder " + root + " cannot be written: ");
        } finally {
            Files.setPosixFilePermissions(closed, before);
        }
        OutputFolder.open(root).close();
    }

    @Test
    void aFileInItsPlaceIsRefused() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "not a folder");
        assertBadInput(() -> OutputFolder.open(file))
                .hasMessageStartingWith("output folder " + file + " cannot be written: ");
        assertThat(file).hasContent("not a folder");
    }
}
