package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Pictures of documents were drawn from today's results: {@code ci/pictures.sh} writes the file and its SHA-256 into the metadata of each. {@code ci/which-quantizer.py --check} compares its chart with one that it draws.
 */
class PicturesTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern METADATA = Pattern.compile("<metadata>Source ([^<]*)</metadata>");

    @Test
    void areDrawnFromTodaysResults() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/images"))) {
            List<Path> pictures =
                    files.filter(file -> !file.endsWith("which-quantizer.svg")).toList();

            assertThat(pictures).hasSizeGreaterThan(2).allSatisfy(picture -> {
                String[] source = source(picture).split(" ", -1);
                assertThat(source).hasSize(2);
                assertThat(sha256(ROOT.resolve(source[0])))
                        .as("%s: draw it again by ci/pictures.sh", picture)
                        .isEqualTo(source[1]);
            });
        }
    }

    private static String source(Path picture) throws IOException {
        Matcher metadata = METADATA.matcher(Files.readString(picture));
        assertThat(metadata.find()).as(picture.toString()).isTrue();
        return metadata.group(1);
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
