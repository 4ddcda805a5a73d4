package io.github.linfhash.data.gist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.linfhash.testing.Filled;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Agreement with values that other implementations computed: two images given by formulas, in both conventions, and a
 * photograph with its 512 features as listed for OpenIMAJ.
 */
class GistGoldenTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @CsvSource({
        "A, LMGIST, lmgist_888_be32_minmax",
        "B, LMGIST, lmgist_888_be32_minmax",
        "A, LEAR, lear_888_be0_noscale",
        "B, LEAR, lear_888_be0_noscale"
    })
    void formula_images_have_the_features_of_the_reference(String image, GistConvention convention, String key)
            throws IOException {
        JsonNode golden = golden().get(image);
        float[] pixels = image.equals("A") ? formulaA() : formulaB();
        assertThat(pixels).as("the formula").containsExactly(floats(golden.get("pixels_row_major")));

        float[] features =
                OneImage.features(new Gist(new GistOptions(List.of(8, 8, 8), 4, 4, convention)), pixels, 32, 32);

        double error = RelativeError.between(features, doubles(golden.get(key)));
        assertThat(error).isLessThan(TOLERANCE);
    }

    @Test
    void the_demonstration_image_has_the_features_of_openimaj() throws IOException {
        Path folder = goldenFolder();
        BufferedImage image = ImageIO.read(folder.resolve("demo1_decoded.png").toFile());
        double[] expected = Files.readAllLines(folder.resolve("openimaj_demo1_512.txt")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();

        float[] features = OneImage.features(
                new Gist(new GistOptions(List.of(8, 8, 8, 8), 4, 4, GistConvention.LMGIST)),
                gray(image),
                image.getWidth(),
                image.getHeight());

        double error = RelativeError.between(features, expected);
        assertThat(error).isLessThan(TOLERANCE);
    }

    private static Path goldenFolder() {
        String folder = System.getenv("LINFHASH_GIST_GOLDEN");
        assumeTrue(folder != null, "set LINFHASH_GIST_GOLDEN to the folder of the golden images to run this test");
        return Path.of(Objects.requireNonNull(folder));
    }

    private static float[] gray(BufferedImage image) {
        float[] gray = new float[image.getWidth() * image.getHeight()];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int sum = (rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255);
                gray[y * image.getWidth() + x] = sum / 3f;
            }
        }
        return gray;
    }

    private static float[] formulaA() {
        float[] pixels = new float[32 * 32];
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                pixels[y * 32 + x] = (7 * x + 13 * y + (x * y) % 31) % 256;
            }
        }
        return pixels;
    }

    private static float[] formulaB() {
        float[] pixels = new float[32 * 32];
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                double value =
                        127.5 + 90 * Math.sin(2 * Math.PI * 3 * x / 32) + 30 * Math.cos(2 * Math.PI * 5 * (x + y) / 32);
                pixels[y * 32 + x] = (float) Math.max(0, Math.min(255, Math.rint(value)));
            }
        }
        return pixels;
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = GistGoldenTest.class.getResourceAsStream("synthetic-384.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static float[] floats(JsonNode array) {
        double[] values = doubles(array);
        return Filled.floats(values.length, i -> (float) values[i]);
    }
}
