package io.github.linfhash.embeddings.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.embeddings.images.ChannelMeans;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user calls it; {@code F/} is the test's folder. */
class EmbedCommandTest {
    private static final String CACHE = "linfhash.cache";
    private static final String MINILM = " --model all-minilm-l6-v2 --out F/x.npy";

    @TempDir(cleanup = CleanupMode.NEVER) // the native library stays open
    static Path cache;

    @TempDir
    Path folder;

    private CalledEmbed program = new CalledEmbed(Path.of(""));

    @BeforeEach
    void cacheOfTheTest() {
        program = new CalledEmbed(folder);
        System.setProperty(CACHE, cache.toString());
    }

    @AfterEach
    void noCache() {
        System.clearProperty(CACHE);
    }

    private int run(String command) {
        return program.run(command);
    }

    private void succeed(String command) {
        program.succeed(command);
    }

    private void refuse(String command, String... parts) throws IOException {
        program.refuse(command, parts);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("x."));
        }
    }

    @Test
    void textsBecomeVectorsAndLabels() throws IOException {
        Files.writeString(
                folder.resolve("t.csv"),
                "text,category\nmy card is lost,card\ni have lost my card,card\nwill it rain today,weather\n");
        succeed("embed --texts F/t.csv" + MINILM);
        FeatureMatrix vectors = FeatureArrays.read(folder.resolve("x.npy"));
        assertThat(vectors.rows()).isEqualTo(3);
        assertThat(vectors.dimension()).isEqualTo(384);
        assertThat(LabelArrays.read(folder.resolve("x.labels.npy"))).isEqualTo(ClassLabels.of(0, 0, 1));
        assertThat(dot(vectors, 0, 1)).isGreaterThan(0.8).isGreaterThan(dot(vectors, 0, 2) + 0.5);
        assertThat(program.err().toString()).contains("wrote", "3 vectors of dimension 384", "x.labels.npy");
    }

    private static double dot(FeatureMatrix vectors, int a, int b) {
        double sum = 0;
        for (int j = 0; j < vectors.dimension(); j++) {
            sum += vectors.get(a, j) * vectors.get(b, j);
        }
        return sum;
    }

    @Test
    void linesHaveNoLabelsAndAreEmbeddedOnce() throws IOException {
        Files.writeString(folder.resolve("t.txt"), "kept in the cache\n");
        succeed("embed --texts F/t.txt" + MINILM);
        assertThat(folder.resolve("x.labels.npy")).doesNotExist();
        byte[] first = Files.readAllBytes(folder.resolve("x.npy"));
        long kept = kept();
        assertThat(run("embed --texts F/t.txt" + MINILM))
                .as("not without --force")
                .isEqualTo(2);
        succeed("embed --force --texts F/t.txt" + MINILM);
        assertThat(folder.resolve("x.npy")).hasBinaryContent(first);
        assertThat(kept()).isEqualTo(kept);
    }

    private static long kept() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("features"))) {
            return files.filter(file -> file.getFileName().toString().matches("texts-.*\\.npy"))
                    .count();
        }
    }

    @Test
    void textsThatAreNotRightAreRefused() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "body,category\none,a\n,b\n");
        Files.write(folder.resolve("latin.txt"), "Ärger\n".getBytes(StandardCharsets.ISO_8859_1));
        refuse("embed --texts F/t.csv" + MINILM, "a column 'text'", "'body', 'category'");
        refuse("embed --texts F/t.csv --column nix" + MINILM, "a column 'nix'");
        refuse("embed --texts F/t.csv --column body" + MINILM, "line 3", "an empty one");
        refuse(
                "embed --texts F/latin.txt" + MINILM,
                "latin.txt is no text: expected UTF-8, found bytes that are none; save it as UTF-8");
        refuse("embed --texts F/none.txt" + MINILM, "--texts: expected an existing file", "none.txt");
        refuse("embed --texts F/t.csv --model bert --out F/x.npy", "--model", "e5-small-v2", "'bert'");
        refuse("embed --texts F/t.csv --model all-minilm-l6-v2 --out F/x.txt", "--out", ".npy");
    }

    private Path images() throws IOException {
        for (int i = 0; i < 3; i++) {
            Path group = Files.createDirectories(folder.resolve("images").resolve(i < 2 ? "b" : "a"));
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 64; p++) {
                image.setRGB(p % 8, p / 8, (10 * i) << 16 | (20 * i) << 8 | 30 * i);
            }
            ImageIO.write(image, "png", group.resolve(i + ".png").toFile());
        }
        return folder.resolve("images");
    }

    private void model(String description) throws IOException {
        ChannelMeans.write(
                folder.resolve("m.onnx"), DataType.FLOAT, List.of(0, 0, 0, 3), List.of(1, 2), description, Map.of());
    }

    @Test
    void imagesOfAFolderBecomeVectorsAndLabels() throws IOException {
        images();
        model("RGB 0..255");
        succeed("embed --images F/images --network F/m.onnx --side 4 --out F/x.npy");
        FeatureMatrix vectors = FeatureArrays.read(folder.resolve("x.npy"));
        // The folder a, with image 2, comes first.
        int[] order = {2, 0, 1};
        for (int i = 0; i < 3; i++) {
            for (int c = 0; c < 3; c++) {
                assertThat(vectors.get(i, c)).isCloseTo(order[i] * 10 * (c + 1), within(1e-3f));
            }
        }
        assertThat(LabelArrays.read(folder.resolve("x.labels.npy"))).isEqualTo(ClassLabels.of(0, 1, 1));
    }

    @Test
    void imagesOfAProtocolBecomeVectors() throws IOException {
        model("RGB 0..255");
        succeed("embed --protocol fashion-mnist --network F/m.onnx --side 28 --out F/x.npy");
        FeatureMatrix vectors = FeatureArrays.read(folder.resolve("x.npy"));
        assertThat(vectors.rows()).isEqualTo(12_000);
        assertThat(LabelArrays.read(folder.resolve("x.labels.npy")).size()).isEqualTo(12_000);
        // Gray: the channels are equal, and the mean of all is that of Fashion-MNIST, 72.9 or 0.286 of 255.
        double sum = 0;
        for (int i = 0; i < vectors.rows(); i++) {
            assertThat(vectors.get(i, 1)).isEqualTo(vectors.get(i, 0));
            sum += vectors.get(i, 0);
        }
        assertThat(sum / vectors.rows()).isCloseTo(72.9, within(1.0));
    }

    @Test
    void modelsThatDoNotFitAreRefused() throws IOException {
        images();
        model("says nothing");
        Files.writeString(folder.resolve("t.onnx"), "no model");
        refuse("embed --images F/images --network F/m.onnx --side 4 --out F/x.npy", "m.onnx", "--values");
        refuse("embed --images F/images --network F/m.onnx --side 4 --values 0..9 --out F/x.npy", "--values", "'0..9'");
        refuse("embed --images F/images --network F/t.onnx --side 4 --out F/x.npy", "t.onnx", "ONNX");
        refuse(
                "embed --images F/images --network F/none.onnx --side 4 --out F/x.npy",
                "--network: expected",
                "none.onnx");
        refuse(
                "embed --images F/none --network F/m.onnx --side 4 --values 0..1 --out F/x.npy",
                "--images: expected an existing file or folder, found nothing at ");
        refuse(
                "embed --protocol nus-wide --network F/m.onnx --side 4 --values 0..1 --out F/x.npy",
                "a protocol of images");
        refuse("embed --protocol fashion-mnist --network F/m.onnx --side 4 --values 0..1 --out F/x.npy", "at least 28");
    }
}
