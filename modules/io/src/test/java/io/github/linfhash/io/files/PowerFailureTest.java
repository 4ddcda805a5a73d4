package io.github.linfhash.io.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.testing.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The effects of power failures on files that are written by way of {@link AtomicFiles}. */
class PowerFailureTest {
    @TempDir
    private Path real;

    private ForgetfulDisk disk;

    @BeforeEach
    void newDisk() {
        disk = new ForgetfulDisk(real);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Test
    void theDiskForgetsWhatWasNotForced() throws IOException {
        Path file = Files.writeString(disk.root().resolve("file"), "text");
        assertThat(file).hasContent("text");
        assertThat(disk.afterPowerFailure()).isEmpty();

        force(disk.root());
        assertThat(disk.afterPowerFailure()).isEqualTo(Map.of("file", ""));
        force(file);
        assertThat(disk.afterPowerFailure()).isEqualTo(Map.of("file", "text"));

        Files.move(file, disk.root().resolve("other"));
        assertThat(disk.afterPowerFailure()).isEqualTo(Map.of("file", "text"));
        force(disk.root());
        assertThat(disk.afterPowerFailure()).isEqualTo(Map.of("other", "text"));
    }

    @Test
    void aFileThatWasWrittenStaysWithTheFoldersThatWereMadeForIt() throws IOException {
        AtomicFiles.write(disk.root().resolve("a/b/result.json"), "first");
        assertThat(disk.afterPowerFailure()).isEqualTo(Map.of("a/b/result.json", "first"));
    }

    @Test
    void atEveryMomentThereIsTheOldFileOrTheNewOne() throws IOException {
        Path file = disk.root().resolve("result.json");
        AtomicFiles.write(file, "first");
        int before = disk.afterPowerFailures().size();
        AtomicFiles.write(file, out -> {
            out.write(new byte[1 << 18]);
            out.flush();
        });

        assertThat(disk.afterPowerFailures()
                        .subList(before, disk.afterPowerFailures().size()))
                .hasSizeGreaterThan(6)
                .extracting(left -> left.get("result.json"))
                .containsOnly("first", "\0".repeat(1 << 18));
        assertThat(disk.afterPowerFailure()).isEqualTo(Map.of("result.json", "\0".repeat(1 << 18)));
    }

    @Test
    void whatIsSealedIsWholeAtEveryMoment() throws IOException {
        Path file = disk.root().resolve("runs").resolve("ksh.json");
        AtomicFiles.write(file, "numbers");
        FileSeal.put(file);

        assertThat(disk.afterPowerFailures())
                .filteredOn(left -> left.containsKey("runs/ksh.json.sha256"))
                .isNotEmpty()
                .allSatisfy(left -> {
                    assertThat(left).containsEntry("runs/ksh.json", "numbers");
                    assertThat(left.get("runs/ksh.json.sha256")).endsWith("  ksh.json\n");
                });
        assertThat(disk.afterPowerFailure()).containsOnlyKeys("runs/ksh.json", "runs/ksh.json.sha256");
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws IOException {
        Path file = disk.root().resolve("result.json");
        AtomicFiles.write(file, "first");
        try {
            AtomicFiles.write(file, out -> {
                throw new IOException("disk full");
            });
        } catch (IOException expected) {
            assertThat(expected).hasMessage("disk full");
        }
        assertThat(disk.afterPowerFailure()).isEqualTo(Map.of("result.json", "first"));
    }
}
