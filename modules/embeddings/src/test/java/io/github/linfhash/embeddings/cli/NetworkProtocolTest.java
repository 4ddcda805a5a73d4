package io.github.linfhash.embeddings.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.manifest.ModelManifest;
import io.github.linfhash.embeddings.images.ChannelMeans;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A protocol of images whose features are those of a network; {@code F/} is the test's folder. */
class NetworkProtocolTest {
    private static final String CACHE = "linfhash.cache";
    private static final int CLASSES = 4;
    private static final int PER_CLASS = 10;

    /** The mean of each channel of an image of a class, which its pixels have with noise. */
    private static final int[][] COLORS = {{200, 40, 40}, {40, 200, 40}, {40, 40, 200}, {150, 150, 20}};

    @TempDir
    Path folder;

    private CalledEmbed program = new CalledEmbed(Path.of(""));

    @BeforeEach
    void imagesNetworkAndProtocol() throws IOException {
        program = new CalledEmbed(folder);
        System.setProperty(CACHE, folder.resolve("cache").toString());
        UniformRandomProvider random = new RandomStreams(0).stream("pixels");
        for (int i = 0; i < CLASSES * PER_CLASS; i++) {
            Path group = Files.createDirectories(folder.resolve("images").resolve("class" + i / PER_CLASS));
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 64; p++) {
                int pixel = 0;
                for (int mean : COLORS[i / PER_CLASS]) {
                    pixel = pixel << 8 | mean + random.nextInt(21) - 10;
                }
                image.setRGB(p % 8, p / 8, pixel);
            }
            ImageIO.write(image, "png", group.resolve(i % PER_CLASS + ".png").toFile());
        }
        network("m.onnx", "RGB 0..255");
        protocol("file: m.onnx");
    }

    @AfterEach
    void noCache() {
        System.clearProperty(CACHE);
    }

    private Path network(String name, String description) throws IOException {
        return ChannelMeans.write(
                folder.resolve(name), DataType.FLOAT, List.of(0, 0, 0, 3), List.of(1, 2), description, Map.of());
    }

    private void protocol(String onnx) throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), String.format(Locale.ROOT, """
                schema: linfhash-protocol/1
                title: Colors
                description: For a test.
                data: {images: images, side: 8}
                features: {onnx: {%s}, side: 16}
                preprocessing: {center: training-mean, normalize: l2}
                split: {kind: unseen-classes, unseen: 2, queriesPerClass: 2, trainingPerClass: 4}
                evaluation: {relevance: same-class, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
                bits: [8]
                seeds: [0]
                methods: [{name: lsh}, {name: ksh, options: {anchors: 6}}]
                quick: {bits: [8], seeds: [0]}
                """, onnx));
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache").resolve("features"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".npy"))
                    .toList();
        }
    }

    @Test
    void featuresAreWhatTheNetworkGivesAndAreKept() throws IOException {
        program.succeed("data features --protocol F/mine.yaml --out F/x.npy");
        FeatureMatrix features = FeatureArrays.read(folder.resolve("x.npy"));
        assertThat(features.rows()).isEqualTo(CLASSES * PER_CLASS);
        for (int i = 0; i < features.rows(); i++) {
            for (int c = 0; c < 3; c++) {
                // The mean of 64 numbers of deviation 6.1: five deviations.
                assertThat(features.get(i, c)).isCloseTo(COLORS[i / PER_CLASS][c], within(3.9f));
            }
        }
        List<String> first = kept();
        assertThat(first).hasSize(1).allMatch(name -> name.startsWith("images-"));
        program.succeed("data features --force --protocol F/mine.yaml --out F/x.npy");
        assertThat(kept()).isEqualTo(first);
        protocol("file: m.onnx, values: 0..1");
        program.succeed("data features --force --protocol F/mine.yaml --out F/x.npy");
        assertThat(kept()).hasSize(2);
        assertThat(FeatureArrays.read(folder.resolve("x.npy")).get(0, 0))
                .isCloseTo(features.get(0, 0) / 255, within(1e-5f));
    }

    /** The whole program: the split of unseen classes, the page, and what it says of both. */
    @Test
    void theProtocolRunsAndItsResultsSayWhatItIs() throws IOException {
        program.succeed("run --protocol F/mine.yaml --out F/results");
        assertThat(program.err().toString()).contains("unseen classes: class");
        String results = Files.readString(folder.resolve("results").resolve("results.json"));
        assertThat(results)
                .contains(
                        "\"schema\": \"linfhash-results/11\"",
                        "\"name\": \"network m.onnx, side 16\"",
                        "\"training\": 8",
                        "\"queries\": 4",
                        "\"database\": 16",
                        "\"unlabeled\": 20",
                        "unseen classes: class");
        assertThat(Files.readString(folder.resolve("results").resolve("index.html")))
                .contains("network m.onnx, side 16", "unseen classes: class");
        program.succeed("split --protocol F/mine.yaml --method lsh --bits 8 --out F/codes");
        Labels searched = LabelArrays.read(folder.resolve("codes").resolve("database-labels.npy"));
        ClassLabels trained = ClassLabels.of(
                Stream.of(LabelArrays.read(folder.resolve("codes").resolve("training-rows.npy")))
                        .flatMapToInt(rows -> Arrays.stream(((ClassLabels) rows).toArray()))
                        .map(row -> row / PER_CLASS)
                        .toArray());
        for (int i = 0; i < trained.size(); i++) {
            for (int j = 0; j < searched.size(); j++) {
                assertThat(trained.similar(i, searched, j)).isFalse();
            }
        }
    }

    @Test
    void aNamedNetworkReplacesThatOfTheFileIfTheDigestAllowsIt() throws IOException {
        Path other = network("other.onnx", "RGB 0..1");
        String digest = Digests.sha256(other);
        protocol("file: none.onnx");
        program.refuse("data features --protocol F/mine.yaml --out F/x.npy", "none.onnx is missing");
        program.succeed("data features --protocol F/mine.yaml --network F/other.onnx --out F/x.npy");
        protocol("file: m.onnx, sha256: " + digest);
        program.refuse(
                "data features --force --protocol F/mine.yaml --out F/x.npy",
                "m.onnx is not the network of the protocol: expected SHA-256 " + digest,
                "found " + Digests.sha256(folder.resolve("m.onnx")));
        program.succeed("data features --force --protocol F/mine.yaml --network F/other.onnx --out F/x.npy");
        program.refuse(
                "data features --force --protocol F/mine.yaml --network F/other.onnx --out F/other.onnx.npy.txt",
                "--out");
    }

    @Test
    void whatIsNotRightIsSaidBeforeAnyImageIsRead() throws IOException {
        Files.delete(folder.resolve("images").resolve("class0").resolve("0.png"));
        Files.writeString(folder.resolve("images").resolve("class0").resolve("0.png"), "no image");
        program.refuse(
                "run --protocol cifar10-mobilenet --network F/m.onnx --out F/results",
                "m.onnx is not MobileNet v1",
                "expected 3237069 bytes");
        program.refuse(
                "run --protocol cifar10-mobilenet --out F/results",
                "there is no file of MobileNet v1",
                "models/mobilenet_v1_embedding.onnx, or named with --network");
        program.refuse(
                "run --protocol fashion-mnist --network F/m.onnx --out F/results",
                "--network: expected none, as protocol fashion-mnist has no features of a network");
        protocol("file: m.onnx, sha256: " + "0".repeat(64));
        program.refuse("run --protocol F/mine.yaml --out F/results", "expected SHA-256 0000");
        assertThat(folder.resolve("results")).doesNotExist();
    }

    @Test
    void aNetworkThatDoesNotFitIsRefused() throws IOException {
        network("m.onnx", "says nothing");
        program.refuse(
                "data features --protocol F/mine.yaml --out F/x.npy",
                "features.onnx: ",
                "m.onnx does not fit",
                "--values");
        protocol("file: m.onnx, values: 0..1, output: logits");
        program.refuse("data features --protocol F/mine.yaml --out F/x.npy", "an output 'logits'");
        Files.writeString(folder.resolve("m.onnx"), "no network");
        program.refuse(
                "data features --protocol F/mine.yaml --out F/x.npy",
                "features.onnx: ",
                "expected a whole model in ONNX");
    }

    /** The published network is the one whose digest its manifest has. */
    @Test
    void theManifestIsOfThePublishedNetwork() {
        String place = Objects.requireNonNullElse(System.getenv("LINFHASH_MOBILENET"), "");
        assumeTrue(
                !place.isEmpty(), "LINFHASH_MOBILENET does not name the network of protocols/models/mobilenet-v1.yaml");
        Path home = Path.of(System.getProperty("linfhash.home"));
        assertThat(ModelManifest.read(home.resolve("protocols/models/mobilenet-v1.yaml"))
                        .locate(Path.of(place), folder))
                .isEqualTo(Path.of(place));
    }
}
