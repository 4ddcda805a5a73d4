package io.github.linfhash.embeddings.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0..255,0,0",
        "0..255,255,255",
        "0..1,255,1",
        "0..1,51,0.2",
        "-1..1,0,-1",
        "-1..1,255,1",
        "-1..1,127.5,0"
    })
    void rangesAreWhatTheirNamesSay(String title, float value, float expected) {
        assertThat(PixelValues.named(title).orElseThrow().of(value, 1)).isCloseTo(expected, within(1e-6f));
    }

    /** The mean of each channel becomes 0, and one deviation more becomes 1. */
    @ParameterizedTest
    @CsvSource({"0, 0.485, 0.229", "1, 0.456, 0.224", "2, 0.406, 0.225"})
    void imagenetIsStandardized(int channel, float mean, float deviation) {
        assertThat(PixelValues.IMAGENET.of(255 * mean, channel)).isCloseTo(0, within(1e-5f));
        assertThat(PixelValues.IMAGENET.of(255 * (mean + deviation), channel)).isCloseTo(1, within(1e-5f));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Input: RGB 0..255, NHWC; BYTES",
                "pixels in [0, 255]; BYTES",
                "scaled to [-1.0, 1.0]; SIGNED",
                "scaled to [0, 1]; UNIT",
                "from -1..1; SIGNED",
            })
    void aDescriptionMayNameTheRange(String description, PixelValues expected) {
        assertThat(PixelValues.in(description)).contains(expected);
    }

    @Test
    void aDescriptionMayNameNoneOrSeveral() {
        assertThat(PixelValues.in("a model of images")).isEmpty();
        assertThat(PixelValues.in("0..255 or 0..1")).isEmpty();
        assertThat(PixelValues.in("10..255")).isEmpty();
        assertThat(PixelValues.in("classes 0..1000")).isEmpty();
    }
}
