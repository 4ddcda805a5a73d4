package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Pictures of documents were drawn from today's results: {@code ci/pictures.sh} writes the file and its SHA-256 into each, as the text
 * "Source" of a PNG file. {@code ci/which-quantizer.py --check} compares the chart in SVG with one that it draws.
 */
class PicturesTest {
    private static final Path ROOT = Path.of("../..");
    private static final String TEXT = "tEXtSource\0";

    @Test
    void areDrawnFromTodaysResults() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/images"))) {
            List<Path> pictures =
                    files.filter(file -> file.toString().endsWith(".png")).toList();

            assertThat(pictures).hasSizeGreaterThan(1).allSatisfy(picture -> {
                String[] source = source(Files.readAllBytes(picture)).split(" ", -1);
                assertThat(source).hasSize(2);
                assertThat(sha256(ROOT.resolve(source[0])))
                        .as("%s: draw it again by ci/pictures.sh", picture)
                        .isEqualTo(source[1]);
            });
        }
    }

    /** Returns the text of the chunk that follows the signature (8 bytes) and the chunk IHDR (25 bytes). */
    private static String source(byte[] png) {
        int length = ByteBuffer.wrap(png).getInt(33);
        String text = new String(png, 37, 4 + length, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith(TEXT);
        return text.substring(TEXT.length());
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
