package io.github.linfhash.codes.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a", ".a.lock");
    }

    private static void write(Path file, String text) throws IOException {
        WholeFile.write(
                file, channel -> WholeFile.writeFully(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private boolean posix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-rw-", "r--r-----", "rwxr-x--x"})
    void theNewFileHasThePermissionsOfTheOldOne(String permissions) throws IOException {
        assumeThat(posix()).isTrue();
        Path file = Files.writeString(folder.resolve("a"), "before");
        Set<PosixFilePermission> kept = PosixFilePermissions.fromString(permissions);
        Files.setPosixFilePermissions(file, kept);
        WholeFile.write(file, channel -> {
            try (Stream<Path> parts = Files.list(folder)) {
                Path part = parts.filter(path -> path.toString().endsWith(".part"))
                        .findFirst()
                        .orElseThrow();
                assertThat(Files.getPosixFilePermissions(part))
                        .as("while it is written")
                        .isEqualTo(kept);
            }
            WholeFile.writeFully(channel, ByteBuffer.allocate(7));
        });
        assertThat(file).hasSize(7);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(kept);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        write(link, "after");
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(Files.getPosixFilePermissions(link)).isEqualTo(kept);
    }

    @Test
    void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
        assumeThat(posix()).isTrue();
        Path plain = Files.writeString(folder.resolve("plain"), "text");
        Path file = folder.resolve("a");
        write(file, "text");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    /** Only who has the lock of a file writes its parts, so that all others are those of killed processes. */
    @Test
    void partsOfKilledProcessesAreDeletedAndNothingElse() throws IOException {
        Path file = folder.resolve("a.npy");
        String unique = ".01234567-89ab-cdef-0123-456789abcdef.part";
        Path left = Files.writeString(folder.resolve(".a.npy" + unique), "half");
        List<String> others = List.of(
                ".b.npy" + unique, "a.npy" + unique, ".a.npy.part", ".a.npy.1" + unique, ".a.npy" + unique + "x");
        for (String other : others) {
            Files.writeString(folder.resolve(other), "kept");
        }
        WholeFile.write(file, channel -> {
            assertThat(left).doesNotExist();
            // A living writer's part stays, as nobody else gets the lock.
            String[] before = folder.toFile().list();
            assertThatThrownBy(() -> write(file, "other"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(file
                            + ": expected one program that appends to it or saves it, found another one; try again");
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder(before);
        });
        assertThat(file).isEmptyFile();
        for (String other : others) {
            assertThat(folder.resolve(other)).hasContent("kept");
        }
        assertThat(folder.toFile().list()).hasSize(others.size() + 2);
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
