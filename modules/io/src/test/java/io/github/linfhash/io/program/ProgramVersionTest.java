package io.github.linfhash.io.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code that was changed gets another name, even if nobody commits. */
class ProgramVersionTest {
    @ParameterizedTest
    @CsvSource({
        "0123abcd, 0123abcd",
        "v0.1-3-g0123abcd, v0.1-3-g0123abcd",
        "0123abcd-dirty, 0123abcd-dirty+0123456789ab",
        "unknown, unknown+0123456789ab",
        "'', unknown+0123456789ab",
    })
    void whatNamesNoCodeGetsItsHash(String said, String name) {
        assertThat(ProgramVersion.commit(said, "0123456789abcdef")).isEqualTo(name);
        assertThat(ProgramVersion.isExact(name)).isTrue();
        assertThat(ProgramVersion.isExact(said.isEmpty() ? "unknown" : said)).isEqualTo(said.equals(name));
    }
}
