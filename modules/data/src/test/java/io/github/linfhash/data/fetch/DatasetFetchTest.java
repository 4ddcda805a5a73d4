package io.github.linfhash.data.fetch;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.manifest.DataLocator;
import io.github.linfhash.data.manifest.DatasetContent.ImageContent;
import io.github.linfhash.data.manifest.DatasetFiles.Recipe;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.data.readers.IdxFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFetchTest {
    private static final List<String> CLASSES = List.of("a", "b");

    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();

    private static String entry(Path file, List<String> urls) throws IOException {
        String unpacked;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            unpacked = HexFormat.of().formatHex(Digests.sha256().digest(in.readAllBytes()));
        }
        return "    - path: " + file.getFileName() + "\n      urls: " + urls + "\n      size: " + Files.size(file)
                + "\n      checksums: {sha256: " + Digests.sha256(file) + ", unpackedSha256: " + unpacked + "}\n";
    }

    private static LabeledImages images(int count) {
        byte[] values = new byte[count];
        int[] labels = IntStream.range(0, count).map(i -> i % CLASSES.size()).toArray();
        IntStream.range(0, count).forEach(i -> values[i] = (byte) (i * i));
        return LabeledImages.owning(new ImageShape(1, 1, 1), values, ClassLabels.of(labels), CLASSES);
    }

    /** Writes a pair of files and lists them. */
    private String pair(Path place, LabeledImages images, String imageFile, String labelFile, List<String> urls)
            throws IOException {
        IdxFiles.write(images, place.resolve(imageFile), place.resolve(labelFile));
        return entry(place.resolve(imageFile), urls) + entry(place.resolve(labelFile), urls);
    }

    private DatasetManifest manifest(int images, String files, String sources, String more) throws IOException {
        String text = String.format(
                Locale.ROOT,
                """
                name: tiny
                title: Tiny
                origin: {homepage: "https://example.org", license: none, citation: nobody}
                content: {format: idx, images: %d, shape: {width: 1, height: 1, channels: 1}, classes: [a, b]}
                files:
                  layouts: [[images.gz, labels.gz]]
                  files:
                %s
                  sources:
                %s
                  instructions: ask the authors and put the files there
                %s
                """,
                images,
                files.isEmpty() ? "    []" : files,
                sources.isEmpty() ? "    []" : sources,
                more);
        Path home = Files.createDirectories(folder.resolve("home").resolve("datasets"));
        return DatasetManifest.read(Files.writeString(home.resolve("tiny.yaml"), text));
    }

    private DatasetFetch fetch(DatasetManifest manifest) {
        return DatasetFetch.of(
                manifest,
                locator().cached(manifest),
                new DatasetFetch.Options(1, Duration.ZERO, Duration.ofSeconds(20)),
                Map.of(),
                Progress.NONE,
                log::add);
    }

    private DataLocator locator() {
        return new DataLocator(folder.resolve("home"), folder.resolve("cache"));
    }

    private static FaultyServer.Answer files(Path place) {
        return (request, out) -> {
            Path file =
                    place.resolve(request.target().substring(request.target().lastIndexOf('/') + 1));
            Answers.file(Files.readAllBytes(file), "\"1\"").to(request, out);
        };
    }

    @Test
    void whatIsFetchedIsFoundAndRead() throws IOException {
        Path place = Files.createDirectories(folder.resolve("server"));
        List<String> urls = List.of("\"http://127.0.0.1:9/nobody\"");
        DatasetManifest manifest = manifest(4, pair(place, images(4), "images.gz", "labels.gz", urls), "", "");
        assertOneSentence(() -> locator().locate(manifest, Optional.empty()), "linfhash fetch tiny");
        try (FaultyServer server = FaultyServer.answering(files(place))) {
            fetch(manifest).fetch(List.of(server.at("/mirror")));
            assertThat(server.requests())
                    .extracting(FaultyServer.Request::target)
                    .containsExactly("/mirror/images.gz", "/mirror/labels.gz");
            fetch(manifest).fetch(List.of(server.at("/mirror")));
            assertThat(server.requests()).hasSize(2);
        }
        Path found = locator().locate(manifest, Optional.empty());
        LabeledImages read = ((ImageContent) manifest.content()).read(manifest, found, Progress.NONE);
        assertThat(read.sha256()).isEqualTo(images(4).sha256());
    }

    @Test
    void aFileOfTheUsersIsNeverReplaced() throws IOException {
        Path place = Files.createDirectories(folder.resolve("server"));
        DatasetManifest manifest = manifest(
                4, pair(place, images(4), "images.gz", "labels.gz", List.of("\"http://127.0.0.1:9/nobody\"")), "", "");
        Path mine = Files.createDirectories(locator().cached(manifest)).resolve("images.gz");
        IdxFiles.write(images(6), mine, folder.resolve("other-labels.gz"));
        byte[] before = Files.readAllBytes(mine);
        assertOneSentence(() -> fetch(manifest).fetch(List.of()), mine.toString(), "another file", "remove it");
        assertThat(mine).hasBinaryContent(before);
    }

    @Test
    void whatNobodyOffersIsForPeopleToGet() throws IOException {
        Path place = Files.createDirectories(folder.resolve("server"));
        DatasetManifest manifest = manifest(4, pair(place, images(4), "images.gz", "labels.gz", List.of()), "", "");
        assertOneSentence(
                () -> fetch(manifest).fetch(List.of()),
                "Tiny is not offered",
                locator().cached(manifest).toString(),
                "ask the authors",
                "https://example.org");
        Path there = Files.createDirectories(locator().cached(manifest));
        IdxFiles.write(images(4), there.resolve("images.gz"), there.resolve("labels.gz"));
        fetch(manifest).fetch(List.of());
    }

    @Test
    void aDerivedDataSetIsMadeFromItsSources() throws IOException {
        Path place = Files.createDirectories(folder.resolve("server"));
        List<String> urls = List.of("\"http://127.0.0.1:9/nobody\"");
        String sources = pair(place, images(2000), "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", urls)
                + pair(place, images(1000), "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", urls);
        Path made = Files.createDirectories(folder.resolve("made"));
        DatasetManifest draft = manifest(2400, "", sources, "");
        Recipe.FASHION_MNIST_SUBSET.make(draft, place, made);
        String files = entry(made.resolve("images.gz"), List.of()) + entry(made.resolve("labels.gz"), List.of());
        DatasetManifest manifest = manifest(2400, files, sources, "  recipe: fashion-mnist-subset");
        try (FaultyServer server = FaultyServer.answering(files(place))) {
            fetch(manifest).fetch(List.of(server.at("/")));
            assertThat(server.requests()).hasSize(4);
        }
        Path found = locator().locate(manifest, Optional.empty());
        assertThat(found.resolve("images.gz")).hasSameBinaryContentAs(made.resolve("images.gz"));
    }

    @Test
    void aRightFileThatWasCompressedOtherwiseIsRight() throws IOException {
        Path place = Files.createDirectories(folder.resolve("server"));
        DatasetManifest manifest = manifest(4, pair(place, images(4), "images.gz", "labels.gz", List.of()), "", "");
        Path there = Files.createDirectories(locator().cached(manifest));
        for (String name : List.of("images.gz", "labels.gz")) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(place.resolve(name)));
                    GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(there.resolve(name)))) {
                in.transferTo(out);
            }
        }
        assertThat(there.resolve("images.gz"))
                .satisfies(file ->
                        assertThat(Digests.sha256(file)).isNotEqualTo(Digests.sha256(place.resolve("images.gz"))));
        fetch(manifest).fetch(List.of(URI.create("http://127.0.0.1:9/")));
    }
}
