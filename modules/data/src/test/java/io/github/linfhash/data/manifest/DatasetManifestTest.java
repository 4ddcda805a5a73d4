package io.github.linfhash.data.manifest;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.manifest.DatasetContent.ImageContent;
import io.github.linfhash.data.manifest.DatasetContent.TextContent;
import io.github.linfhash.formats.vectors.LabeledTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetManifestTest {
    private static final String TINY = """
            name: tiny
            title: Tiny
            origin: {homepage: "https://example.org", license: none, citation: nobody}
            content: {format: idx, images: 2, shape: {width: 2, height: 1, channels: 1}, classes: [a, b]}
            files:
              layouts: [[i, l]]
              files:
                - path: i
                  urls: ["https://example.org/i"]
                  size: 20
                  checksums: {md5: 0123456789abcdef0123456789abcdef}
              sources: []
              instructions: fetch it
            """;

    @TempDir
    Path folder;

    private Path yaml(String text) throws IOException {
        return Files.writeString(folder.resolve("tiny.yaml"), text);
    }

    static Stream<Path> committed() throws IOException {
        try (Stream<Path> files = Files.list(Home.path().resolve("datasets"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("committed")
    void everyCommittedManifestIsReadAndNamedLikeItsFile(Path file) {
        DatasetManifest manifest = DatasetManifest.read(file);
        assertThat(file.getFileName()).hasToString(manifest.name() + ".yaml");
        assertThat(manifest.origin().homepage()).startsWith("https://");
    }

    @Test
    void readsTheFactsOfCifar10() {
        DatasetManifest manifest = DatasetManifest.read(Home.path().resolve("datasets/cifar10.yaml"));
        ImageContent content = (ImageContent) manifest.content();
        assertThat(content.images()).isEqualTo(60_000);
        assertThat(content.shape()).isEqualTo(new ImageShape(32, 32, 3));
        assertThat(content.classes()).hasSize(10).startsWith("airplane", "automobile", "bird");
        assertThat(manifest.files().files().get(0).checksums().md5()).isEqualTo("c32a1d4ab5d03f1284b67883e8d87530");
    }

    /** The numbers are those of the publications; the first text of each is the first of its source. */
    @Test
    void theTextsThatComeWithLinfhashAreThoseOfTheirManifests() throws IOException {
        LabeledTexts banking = texts("banking77");
        assertThat(banking.texts()).hasSize(10_003 + 3_080).startsWith("I am still waiting on my card?");
        assertThat(Objects.requireNonNull(banking.labels()).names()).hasSize(77).startsWith("Refund_not_showing_up");
        LabeledTexts clinc = texts("clinc150");
        assertThat(clinc.texts())
                .hasSize(15_000 + 3_000 + 4_500)
                .startsWith("what expression would i use to say i love you if i were an italian");
        ClassLabels intents =
                (ClassLabels) Objects.requireNonNull(clinc.labels()).labels();
        // As many of each intent.
        assertThat(Arrays.stream(intents.toArray())
                        .boxed()
                        .collect(Collectors.groupingBy(c -> c, Collectors.counting())))
                .hasSize(150)
                .allSatisfy((intent, count) -> assertThat(count).isEqualTo(150));
        LabeledTexts wordnet = texts("wordnet");
        assertThat(wordnet.texts())
                .hasSize(117_174)
                .doesNotHaveDuplicates()
                .contains("that which is perceived or known or inferred to have its own distinct existence"
                        + " (living or nonliving)");
        // The lexicographer files of WordNet.
        assertThat(Objects.requireNonNull(wordnet.labels()).names()).hasSize(45).contains("noun.Tops", "adj.ppl");
    }

    private static LabeledTexts texts(String name) throws IOException {
        Path folder = Home.path().resolve("datasets");
        DatasetManifest manifest = DatasetManifest.read(folder.resolve(name + ".yaml"));
        Path file = folder.resolve(name).resolve(manifest.files().files().get(0).path());
        assertThat(FileIdentity.difference(manifest.files().files().get(0), file))
                .isEmpty();
        return ((TextContent) manifest.content()).read(manifest, folder.resolve(name), Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "name: tiny; name: Tiny Set; lower-case",
                "title: Tiny; tilte: Tiny; tilte",
                "homepage: \"https://example.org\"; homepage: \"javascript:alert(1)\"; expected as 'homepage' addresses that begin",
                "images: 2; images: 0; at least 1 image",
                "format: idx; format: png; one of cifar10, idx",
                "width: 2; width: 0; 0 x 1",
                "path: i; path: ../i; below the data set's folder",
                "path: i; path: /etc/i; below the data set's folder",
                "[[i, l]]; [[i, ../l]]; below the data set's folder",
                "[[i, l]]; [[i]]; 2 paths",
                "[[i, l]]; []; one layout",
                "size: 20; size: 0; at least 1 byte",
                "size: 20; size: big; size",
                "      size: 20; ''; the key 'size'",
                "https://example.org/i; file:///etc/passwd; begin with https://",
                "https://example.org/i; https://me:secret@example.org/i; begin with https://",
                "instructions: fetch it; recipe: soup; fashion-mnist-subset",
                "0123456789abcdef0123456789abcdef; 0123; 32 lower-case hex digits",
                "{md5: 0123456789abcdef0123456789abcdef}; {}; at least one of sha256",
                "instructions: fetch it; instructions: ''; instructions",
                "license: none, ; ''; license",
                "title: Tiny; title: ~; title: expected a text, found nothing",
                "sources: []; sources: ~; files.sources: expected a list, found nothing",
                "[[i, l]]; [[i, ~]]; files.layouts[0][1]: expected a value, found nothing",
                "[[i, l]]; [~]; files.layouts[0]: expected a list, found nothing",
                "classes: [a, b]; classes: [a, ~]; expected the key 'classes', found none",
                "format: idx; format: ~; text-table, found none",
            })
    void refusesAManifestThatSaysSomethingWrong(String right, String wrong, String part) throws IOException {
        assertThat(TINY).contains(right);
        Path file = yaml(TINY.replace(right, wrong).replace("tilte: Tiny", "title: Tiny\ntilte: Tiny"));
        assertOneSentence(() -> DatasetManifest.read(file), "tiny.yaml", part);
    }

    @Test
    void aPathMayHaveAnyNumberOfFolders() {
        String path = "i" + "/a".repeat(100_000);
        assertThat(Requirements.relativePath(path, "path")).isEqualTo(path);
        assertThatThrownBy(() -> Requirements.relativePath(path + "/..", "path"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void loadsWhatItDescribes() throws IOException {
        writeTiny("0000080300000002000000010000000201020304");
        LabeledImages images = load();
        assertThat(images.labels().toArray()).containsExactly(1, 0);
        assertThat(images.classNames()).isEqualTo(List.of("a", "b"));
    }

    @Test
    void refusesToLoadSomethingElse() throws IOException {
        writeTiny("0000080300000002000000010000000101020304".substring(0, 36));
        assertOneSentence(this::load, folder.toString(), "Tiny", "width=1");
    }

    private LabeledImages load() throws IOException {
        DatasetManifest manifest = DatasetManifest.read(yaml(TINY));
        return ((ImageContent) manifest.content()).read(manifest, folder, Progress.NONE);
    }

    private void writeTiny(String images) throws IOException {
        Files.write(folder.resolve("i"), HexFormat.of().parseHex(images));
        Files.write(folder.resolve("l"), HexFormat.of().parseHex("00000801000000020100"));
    }
}
