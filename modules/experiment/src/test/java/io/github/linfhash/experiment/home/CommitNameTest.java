package io.github.linfhash.experiment.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code that was changed gets another name, even if nobody commits. */
class CommitNameTest {
    private static final String CLASS_PATH = "java.class.path";

    @ParameterizedTest
    @CsvSource({
        "0123abcd, 0123abcd",
        "v0.1-3-g0123abcd, v0.1-3-g0123abcd",
        "0123abcd-dirty, 0123abcd-dirty+0123456789ab",
        "unknown, unknown+0123456789ab",
        "'', unknown+0123456789ab",
    })
    void whatNamesNoCodeGetsItsHash(String said, String name) {
        assertThat(CommitName.of(said, "0123456789abcdef")).isEqualTo(name);
        assertThat(CommitName.isExact(name)).isTrue();
        assertThat(CommitName.isExact(said.isEmpty() ? "unknown" : said)).isEqualTo(said.equals(name));
    }

    @Test
    void theHashIsOfTheContentOfTheClasses(@TempDir Path classes) throws IOException {
        String before = System.getProperty(CLASS_PATH);
        Path file = classes.resolve("A.class");
        System.setProperty(CLASS_PATH, before + File.pathSeparator + classes);
        try {
            Files.writeString(file, "1");
            String one = Implementation.codeHash();
            assertThat(Implementation.codeHash()).isEqualTo(one);
            Files.writeString(file, "2");
            assertThat(Implementation.codeHash()).isNotEqualTo(one);
        } finally {
            System.setProperty(CLASS_PATH, before);
        }
    }
}
