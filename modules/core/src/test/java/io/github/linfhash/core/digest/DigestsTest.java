package io.github.linfhash.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of FIPS 180-4 for SHA-256. */
class DigestsTest {
    private static final String MILLION_A = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

    @ParameterizedTest
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
                + " 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    })
    void digestsOfTexts(String text, String expected) {
        assertThat(Digests.sha256(text)).isEqualTo(expected);
    }

    /** "a" and "bc" is not "ab" and "c". */
    @Test
    void aTextOfADigestEndsWithAZeroByte() {
        MessageDigest digest = Digests.sha256();
        Digests.update(digest, "a");
        Digests.update(digest, "bc");
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(Digests.sha256("a\0bc\0"));
    }

    @Test
    void aMillionTimesAFromAFileAndFromAText(@TempDir Path folder) throws IOException {
        String text = "a".repeat(1_000_000);
        Path file = Files.writeString(folder.resolve("a"), text, StandardCharsets.US_ASCII);
        assertThat(Digests.sha256(file)).isEqualTo(MILLION_A);
        assertThat(Digests.sha256(text)).isEqualTo(MILLION_A);
    }
}
