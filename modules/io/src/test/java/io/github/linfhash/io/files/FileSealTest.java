package io.github.linfhash.io.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSealTest {
    @TempDir
    private Path folder;

    @Test
    void isALineOfSha256sum() throws IOException {
        // FIPS 180-2, appendix B.1.
        Path file = Files.writeString(folder.resolve("abc.txt"), "abc");
        FileSeal.put(file);
        assertThat(folder.resolve("abc.txt.sha256"))
                .hasContent("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  abc.txt\n");
    }

    @Test
    void holdsForTheSealedBytesAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("run"), "0.3096");
        assertThat(FileSeal.holds(file)).as("before it is sealed").isFalse();
        FileSeal.put(file);
        assertThat(FileSeal.holds(file)).isTrue();
        Files.writeString(file, "0.3196");
        assertThat(FileSeal.holds(file)).as("another digit").isFalse();
        Files.writeString(file, "0.3");
        assertThat(FileSeal.holds(file)).as("cut").isFalse();
        Files.writeString(file, "0.3096");
        assertThat(FileSeal.holds(file)).as("as it was").isTrue();
        Files.writeString(folder.resolve("run.sha256"), "");
        assertThat(FileSeal.holds(file)).as("an empty seal").isFalse();
    }

    @Test
    void theSealOfAnotherFileDoesNotHold() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "same");
        Path two = Files.writeString(folder.resolve("two"), "same");
        FileSeal.put(one);
        Files.copy(folder.resolve("one.sha256"), folder.resolve("two.sha256"));
        assertThat(FileSeal.holds(two)).isFalse();
    }
}
