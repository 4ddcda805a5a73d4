package io.github.linfhash.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.files.ProcessLock;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.data.manifest.DatasetFile;
import io.github.linfhash.data.manifest.FileIdentity.Checksums;
import io.github.linfhash.testing.disk.ForgetfulDisk;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    @Test
    void aFileThatGotItsNameStaysAfterAPowerFailureAndIsWholeAtEveryMoment(@TempDir Path folder) throws IOException {
        ForgetfulDisk disk = new ForgetfulDisk(folder);
        try (PartFile part = PartFile.open(disk.root().resolve("data/f.bin"))) {
            part.append("images".getBytes(StandardCharsets.US_ASCII));
            part.finish();
        }
        assertThat(disk.afterPowerFailure()).isEqualTo(Map.of("data/f.bin", "images"));
        assertThat(disk.afterPowerFailures())
                .filteredOn(left -> left.containsKey("data/f.bin"))
                .allSatisfy(left -> assertThat(left).containsEntry("data/f.bin", "images"));
    }

    @Test
    void aFileThatIsTooLargeForTheDiskIsRefusedWhereTheSystemTellsTheFreeSpace(@TempDir Path folder)
            throws IOException {
        try (PartFile part = PartFile.open(folder.resolve("f.bin"))) {
            assertThatThrownBy(() -> part.requireRoom(Long.MAX_VALUE))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("it needs " + Long.MAX_VALUE + " bytes more");
        }
        try (PartFile part = PartFile.open(new ForgetfulDisk(folder).root().resolve("data/f.bin"))) {
            assertThatCode(() -> part.requireRoom(Long.MAX_VALUE)).doesNotThrowAnyException();
        }
    }

    /** A process that closes a file releases its locks on it, by whichever channel. */
    @Test
    void aFileThatWasCheckedStaysLockedUntilItHasItsName(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("f.bin");
        byte[] bytes = "images".getBytes(StandardCharsets.US_ASCII);
        DatasetFile file = new DatasetFile(
                "f.bin", List.of(), (long) bytes.length, new Checksums(Digests.sha256("images"), null, null));
        try (PartFile part = PartFile.open(target)) {
            part.append(bytes);
            assertThat(part.difference(file)).isEmpty();
            assertThat(another(part.path())).isEqualTo("refused");
            part.append(bytes);
            assertThat(part.difference(file).orElseThrow()).isEqualTo("expected 6 bytes, found 12");
            assertThat(another(part.path())).isEqualTo("refused");
        }
        assertThat(another(folder.resolve("f.bin.part"))).isEqualTo("acquired");
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
            boolean acquired = ProcessLock.tryLock(Path.of(args[0]), StandardOpenOption.WRITE)
                    .isPresent();
            System.out.println(acquired ? "acquired" : "refused");
        }
    }
}
