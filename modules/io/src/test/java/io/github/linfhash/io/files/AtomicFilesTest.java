package io.github.linfhash.io.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder;

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesTextInUtf8AndMakesMissingFolders() throws IOException {
        Path target = folder.resolve("a/b/result.json");
        AtomicFiles.write(target, "l\u221e");
        assertThat(Files.readAllBytes(target)).isEqualTo("l\u221e".getBytes(StandardCharsets.UTF_8));
        assertThat(names(folder.resolve("a/b"))).containsExactly("result.json");
    }

    @Test
    void replacesWhatWasThere() throws IOException {
        Path target = folder.resolve("result");
        AtomicFiles.write(target, "a long first text");
        AtomicFiles.write(target, "second");
        assertThat(target).hasContent("second");
    }

    @Test
    void nothingIsAtTheTargetBeforeAllIsWritten() throws IOException {
        Path target = folder.resolve("result");
        AtomicFiles.write(target, out -> {
            out.write(new byte[1 << 20]);
            out.flush();
            assertThat(target).doesNotExist();
        });
        assertThat(target).hasSize(1 << 20);
    }

    @Test
    void aFailedWriteLeavesTheTargetAndNoOtherFile() throws IOException {
        Path target = folder.resolve("result");
        AtomicFiles.write(target, "first");
        assertThatThrownBy(() -> AtomicFiles.write(target, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThat(target).hasContent("first");
        assertThat(names(folder)).containsExactly("result");
    }

    @Test
    void aProgramErrorWhileWritingLeavesNothing() throws IOException {
        Path target = folder.resolve("result");
        assertThatThrownBy(() -> AtomicFiles.write(target, out -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(names(folder)).isEmpty();
    }

    /** Returns the temporary name of a file that is being written. */
    private String temporary() throws IOException {
        List<String> names = new ArrayList<>();
        Path target = folder.resolve("page.html");
        AtomicFiles.write(target, out -> names.addAll(names(folder)));
        Files.delete(target);
        assertThat(names).singleElement().asString().startsWith(".page.html.").endsWith(".part");
        return names.get(0);
    }

    private static void setYesterday(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    }

    @Test
    void deletesWhatKilledProcessesLeftAndNothingElse() throws IOException {
        String self = "." + ProcessHandle.current().pid() + ".";
        String own = temporary();
        // No system gives out numbers as large as the first; the second is of a process before this one.
        Path dead = Files.writeString(folder.resolve(own.replace(self, ".999999999999999999.")), "half");
        Path before = Files.writeString(folder.resolve(own.replace(".page.", ".before.")), "half");
        Files.setLastModifiedTime(before, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        Path below = Files.createDirectory(folder.resolve("below"));
        Files.copy(dead, below.resolve(dead.getFileName()));
        Path living = Files.writeString(folder.resolve(own), "half");
        Files.writeString(folder.resolve("mine.part"), "kept");
        AtomicFiles.deleteLeftovers(folder);
        assertThat(names(folder)).contains(living.getFileName().toString(), "below", "mine.part");
        assertThat(before).doesNotExist();
        // Outside Linux nobody's processes are taken for dead.
        if (Files.exists(Path.of("/proc/self/ns/pid"))) {
            assertThat(dead).doesNotExist();
            assertThat(names(below)).isEmpty();
        }
        AtomicFiles.deleteLeftovers(folder.resolve("nowhere"));
    }

    /** A process of another container or machine may be alive though its number is not in use here. */
    @Test
    void whatProcessesOfOtherNamespacesWriteStaysForADay() throws IOException {
        String unique = ".01234567-89ab-cdef-0123-456789abcdef.part";
        for (String processes : List.of("", ".0123456789ab")) {
            Path file = Files.writeString(folder.resolve(".run.json.999999999999999999" + processes + unique), "half");
            AtomicFiles.deleteLeftovers(folder);
            assertThat(file).exists();
            setYesterday(file);
            AtomicFiles.deleteLeftovers(folder);
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aFullDiskIsSaidWithTheNameOfTheFile() throws IOException {
        assumeThat(Files.exists(FULL)).as(FULL + " of Linux").isTrue();
        try (OutputStream full = Files.newOutputStream(FULL)) {
            assertThatThrownBy(() ->
                            AtomicFiles.naming(folder.resolve("result"), full).write(new byte[8]))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining(folder.resolve("result").toString())
                    .hasMessageContaining("space");
        }
    }

    @Test
    void aTargetThatIsAFolderIsAnErrorAndStays() throws IOException {
        Path target = Files.createDirectories(folder.resolve("result"));
        Files.writeString(target.resolve("inside"), "kept");
        assertThatThrownBy(() -> AtomicFiles.write(target, "text")).isInstanceOf(IOException.class);
        assertThat(target.resolve("inside")).hasContent("kept");
        assertThat(names(folder)).containsExactly("result");
    }

    @Test
    void writesThroughAFolderThatIsASymbolicLink() throws IOException {
        assumeThat(posix()).isTrue();
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        AtomicFiles.write(link.resolve("result"), "text");
        assertThat(real.resolve("result")).hasContent("text");
    }

    @Test
    void othersMayReadTheFileAsTheyMayAnyNewFile() throws IOException {
        assumeThat(posix()).isTrue();
        Path plain = Files.writeString(folder.resolve("plain"), "text");
        Path target = folder.resolve("result");
        AtomicFiles.write(target, "text");
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void theNewFileHasThePermissionsOfTheOldOne() throws IOException {
        assumeThat(posix()).isTrue();
        Path target = Files.writeString(folder.resolve("result"), "first");
        Set<PosixFilePermission> kept = PosixFilePermissions.fromString("rw-------");
        Files.setPosixFilePermissions(target, kept);
        AtomicFiles.write(
                target,
                out -> assertThat(Files.getPosixFilePermissions(
                                folder.resolve(names(folder).get(0))))
                        .as("while it is written")
                        .isEqualTo(kept));
        assertThat(target).isEmptyFile();
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(kept);
    }

    private boolean posix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Files that others write and move meanwhile are no error, and stay. */
    @Test
    void leftoversAreDeletedWhileOthersWrite() {
        IntStream.range(0, 400).parallel().forEach(i -> {
            try {
                AtomicFiles.write(folder.resolve("file-" + i), "content");
                AtomicFiles.deleteLeftovers(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(folder.toFile().list()).hasSize(400);
    }
}
