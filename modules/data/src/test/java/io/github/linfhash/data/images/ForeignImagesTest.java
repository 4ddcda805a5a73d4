package io.github.linfhash.data.images;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of other encoders, beside the pixels that other decoders make of them (docs/images.md has both): djpeg of
 * libjpeg-turbo 2.1, dwebp of libwebp 1.5, ImageMagick 7.1 for PNG.
 *
 * <p>The pixels of JPEG may differ by 2 a channel, as a decoder is free in the last bits of its transform; what is mixed with
 * black, or has 16 bits, by 1, as decoders round in other places. All others are the same.
 */
class ForeignImagesTest {
    private static final int SIDE = 24;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpeg-baseline-420",
                "jpeg-baseline-444",
                "jpeg-restart-422",
                "jpeg-progressive",
                "jpeg-arithmetic",
                "jpeg-gray",
                "jpeg-rgb",
                "jpeg-cmyk",
                "jpeg-ycck"
            })
    void jpegIsWhatDjpegMakesOfIt(String name) throws IOException {
        assertThat(largestDifference(name, ".jpg")).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "png-gray-1",
                "png-gray-2",
                "png-gray-2-interlaced",
                "png-gray-4",
                "png-gray-8",
                "png-gray-8-key",
                "png-palette-1",
                "png-palette-2",
                "png-palette-4",
                "png-palette-4-interlaced",
                "png-palette-8",
                "png-palette-8-transparent",
                "png-rgb-8",
                "png-rgb-8-key"
            })
    void pngIsTheSame(String name) throws IOException {
        assertThat(largestDifference(name, ".png")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "png-gray-16",
                "png-gray-alpha-8",
                "png-gray-alpha-16",
                "png-rgb-16",
                "png-rgb-16-key",
                "png-rgb-alpha-8",
                "png-rgb-alpha-8-interlaced",
                "png-rgb-alpha-16"
            })
    void pngOf16BitsOrWithTransparencyIsRounded(String name) throws IOException {
        assertThat(largestDifference(name, ".png")).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webp-lossy", "webp-lossy-filtered", "webp-lossless", "webp-lossless-palette"})
    void webpIsWhatDwebpMakesOfIt(String name) throws IOException {
        assertThat(largestDifference(name, ".webp")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"webp-lossy-alpha", "webp-lossless-alpha"})
    void webpWithTransparencyIsMixedWithBlack(String name) throws IOException {
        assertThat(largestDifference(name, ".webp")).isLessThanOrEqualTo(1);
    }

    /** One picture of 32 x 16 pixels, which jpegtran turned in eight ways and exiftool noted how. */
    @ParameterizedTest
    @ValueSource(strings = {"1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg", "6.jpg", "7.jpg", "8.jpg", "6.png", "6.webp"})
    void imagesAreTurnedAsExifSays(String ending) throws IOException {
        byte[] turned = decoded("exif-" + ending, 32);
        // Squeezed to 32 x 32, each row stands twice.
        byte[] expected = pixels("exif-upright");
        byte[] twice = new byte[2 * expected.length];
        for (int row = 0; row < 32; row++) {
            System.arraycopy(expected, row / 2 * 96, twice, row * 96, 96);
        }
        assertThat(largestDifference(turned, twice)).isLessThanOrEqualTo(2);
    }

    @Test
    void anAnimationIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("a"));
        Files.write(folder.resolve("a/a.webp"), resource("animated.webp"));
        assertOneSentence(() -> ImageFolder.read(folder, 4, ImageFolder.Unreadable.REFUSED, Progress.NONE), "a.webp");
    }

    private int largestDifference(String name, String ending) throws IOException {
        return largestDifference(decoded(name + ending, SIDE), pixels(name));
    }

    private static int largestDifference(byte[] pixels, byte[] expected) {
        assertThat(pixels).hasSameSizeAs(expected);
        int largest = 0;
        for (int i = 0; i < pixels.length; i++) {
            largest = Math.max(largest, Math.abs((pixels[i] & 0xff) - (expected[i] & 0xff)));
        }
        return largest;
    }

    /** The pixels that the program reads, red, green and blue of each. */
    private byte[] decoded(String name, int side) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, resource(name));
        byte[] planes = new byte[3 * side * side];
        new ImageDecoder(side).decode(file, planes, 0);
        byte[] pixels = new byte[planes.length];
        for (int p = 0; p < side * side; p++) {
            for (int channel = 0; channel < 3; channel++) {
                pixels[3 * p + channel] = planes[channel * side * side + p];
            }
        }
        return pixels;
    }

    /** The pixels of a binary PPM file: three lines, and then red, green and blue of each. */
    private static byte[] pixels(String name) throws IOException {
        byte[] file = resource(name + ".ppm");
        int at = 0;
        for (int line = 0; line < 3; at++) {
            line += file[at] == '\n' ? 1 : 0;
        }
        return Arrays.copyOfRange(file, at, file.length);
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = ForeignImagesTest.class.getResourceAsStream("/images/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
