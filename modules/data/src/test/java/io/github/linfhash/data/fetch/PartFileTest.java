package io.github.linfhash.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.testing.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
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
}
