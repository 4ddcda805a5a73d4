package io.github.linfhash.io.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheLimitTest {
    @TempDir
    private Path folder;

    @Test
    void filesThatWereNotUsedForTheLongestTimeGoFirst() throws IOException {
        Path old = file("old", 10, 1);
        Path middle = file("middle", 10, 2);
        Path young = file("young", 10, 3);
        CacheLimit.apply(folder, 20);
        assertThat(old).doesNotExist();
        assertThat(middle).exists();
        assertThat(young).exists();
        CacheLimit.apply(folder, 20);
        assertThat(CacheLimit.bytes(folder)).isEqualTo(20);
        CacheLimit.apply(folder, 19);
        assertThat(middle).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void aFolderThatDoesNotExistIsEmpty() throws IOException {
        Path none = folder.resolve("none");
        CacheLimit.apply(none, 0);
        assertThat(CacheLimit.bytes(none)).isZero();
    }

    private Path file(String name, int bytes, int second) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[bytes]);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * second));
    }
}
