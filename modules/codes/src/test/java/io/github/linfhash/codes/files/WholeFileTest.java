package io.github.linfhash.codes.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    /** Linux keeps its names itself, and answers fsync with EINVAL. */
    private static final Path WITHOUT_FLUSHING = Path.of("/proc/self");

    @TempDir
    private Path folder;

    @Test
    void aFailureLeavesTheFileAndNoOther() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "before");
        assertThatThrownBy(() -> WholeFile.write(file, channel -> {
                    WholeFile.writeFully(channel, ByteBuffer.allocate(1000));
                    throw new IOException("full");
                }))
                .hasMessage("full");
        assertThat(file).hasContent("before");
        assertThat(folder.toFile().list()).containsExactly("a");
    }

    @Test
    void aFileSystemThatDoesNotFlushNamesIsNoFailure() throws IOException {
        assumeThat(WITHOUT_FLUSHING).isDirectory();
        try (FileChannel names = FileChannel.open(WITHOUT_FLUSHING, StandardOpenOption.READ)) {
            assertThatThrownBy(() -> names.force(true)).isInstanceOf(IOException.class);
        }
        WholeFile.flushNames(WITHOUT_FLUSHING);
    }

    @Test
    void aMissingFolderIsAFailure() {
        assertThatThrownBy(() -> WholeFile.flushNames(folder.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
