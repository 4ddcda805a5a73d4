package io.github.linfhash.experiment.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.experiment.home.Machine.CommitName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code that was changed gets another name, even if nobody commits. */
class CommitNameTest {
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
        Path file = classes.resolve("A.class");
        Files.writeString(file, "1");
        String one = Implementation.codeHash(classes.toString());
        assertThat(Implementation.codeHash(classes.toString())).isEqualTo(one);
        Files.writeString(file, "2");
        assertThat(Implementation.codeHash(classes.toString())).isNotEqualTo(one);
    }
}
