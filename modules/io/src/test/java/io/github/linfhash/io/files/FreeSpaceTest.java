package io.github.linfhash.io.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.testing.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {
    @TempDir
    private Path folder;

    @Test
    void aPathThatDoesNotExistYetHasTheSpaceOfTheFolderAbove() throws IOException {
        long total = Files.getFileStore(folder).getTotalSpace();
        assertThat(AtomicFiles.freeSpace(folder.resolve("not/yet")).orElseThrow())
                .isBetween(1L, total);
    }

    @Test
    void aFileSystemThatDoesNotTellIsNoFailure() {
        assertThat(AtomicFiles.freeSpace(new ForgetfulDisk(folder).root())).isEmpty();
    }
}
