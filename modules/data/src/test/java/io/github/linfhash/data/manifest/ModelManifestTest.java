package io.github.linfhash.data.manifest;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelManifestTest {
    @TempDir
    Path folder;

    private static String text(String digest, int size) {
        return String.format(Locale.ROOT, """
                name: net
                title: A net
                origin: {homepage: "https://example.org", license: none, citation: made for this test}
                made: a test wrote it
                file: {path: net.onnx, urls: [], size: %d, checksums: {sha256: %s}}
                """, size, digest);
    }

    private ModelManifest read(String text) throws IOException {
        return ModelManifest.read(Files.writeString(folder.resolve("net.yaml"), text));
    }

    @Test
    void thoseOfTheSuiteAreCalledAsTheirFiles() throws IOException {
        try (Stream<Path> files = Files.list(Home.path().resolve("protocols/models"))) {
            List<Path> all = files.toList();
            assertThat(all).isNotEmpty();
            all.forEach(file -> assertThat(ModelManifest.read(file).name() + ".yaml")
                    .isEqualTo(String.valueOf(file.getFileName())));
        }
    }

    @Test
    void theFileIsTheOneThatIsNamedOrInTheCache() throws IOException {
        Path given = Files.writeString(folder.resolve("mine.onnx"), "net");
        ModelManifest manifest = read(text(Digests.sha256(given), 3));
        assertThat(manifest.locate(given, folder)).isEqualTo(given);
        assertOneSentence(
                () -> manifest.locate(null, folder),
                "there is no file of A net: expected it as "
                        + folder.resolve("models").resolve("net.onnx"),
                "--network",
                "3 bytes, SHA-256 " + Digests.sha256(given),
                "a test wrote it");
        Path kept = Files.createDirectories(folder.resolve("models")).resolve("net.onnx");
        Files.copy(given, kept);
        assertThat(manifest.locate(null, folder)).isEqualTo(kept);
        assertOneSentence(
                () -> manifest.locate(folder.resolve("none.onnx"), folder),
                "expected it as " + folder.resolve("none.onnx"));
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Path given = Files.writeString(folder.resolve("mine.onnx"), "net");
        assertOneSentence(
                () -> read(text(Digests.sha256(given), 4)).locate(given, folder),
                given + " is not A net: expected 4 bytes, found 3");
        assertOneSentence(
                () -> read(text("0".repeat(64), 3)).locate(given, folder),
                "is not A net: expected SHA-256 " + "0".repeat(64) + ", found " + Digests.sha256(given));
    }

    @Test
    void aManifestWithoutWhatIsComparedIsRefused() {
        String good = text("0".repeat(64), 3);
        assertOneSentence(() -> read(good.replace("size: 3, ", "")), "expected the keys 'size' and 'sha256'");
        assertOneSentence(() -> read(good.replace("sha256: " + "0".repeat(64), "md5: " + "0".repeat(32))), "'sha256'");
        assertOneSentence(() -> read(good.replace("name: net", "name: A net")), "expected as 'name' lower-case");
        assertOneSentence(() -> read(good.replace("made: a test wrote it", "")), "made", "found none");
    }
}
