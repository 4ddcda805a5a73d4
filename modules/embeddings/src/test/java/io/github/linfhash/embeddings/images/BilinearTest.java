package io.github.linfhash.embeddings.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.data.images.ImageShape;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BilinearTest {
    private static final Offset<Float> ROUNDING = within(1e-3f);

    private static float[] resize(int width, int height, int channels, int channel, int side, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        float[] target = new float[side * side];
        new Bilinear(new ImageShape(width, height, channels), side).resize(bytes, channel, target);
        return target;
    }

    /** Worked out by hand: the four new centers lie at -1/4, 1/4, 3/4 and 5/4 of the distance of the two old ones. */
    @Test
    void valuesBetweenCentersAreMixed() {
        float[] line = {0, 50, 150, 200};
        float[] found = resize(2, 2, 1, 0, 4, 0, 200, 0, 200);
        for (int i = 0; i < 16; i++) {
            assertThat(found[i]).isCloseTo(line[i % 4], ROUNDING);
        }
        float[] upright = resize(2, 2, 1, 0, 4, 0, 0, 200, 200);
        for (int i = 0; i < 16; i++) {
            assertThat(upright[i]).isCloseTo(line[i / 4], ROUNDING);
        }
    }

    @Test
    void anImageOfTheSameSizeStaysAsItIs() {
        assertThat(resize(2, 2, 1, 0, 2, 1, 2, 3, 255)).containsExactly(1, 2, 3, 255);
        assertThat(resize(1, 1, 1, 0, 2, 200)).containsExactly(200, 200, 200, 200);
    }

    @Test
    void eachChannelIsItsOwn() {
        assertThat(resize(1, 1, 3, 2, 1, 10, 20, 30)).containsExactly(30);
    }
}
