package io.github.linfhash.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.testing.Filled;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabeledImagesTest {
    private static final List<String> NAMES = List.of("cat", "dog");

    /** Two images of 2 x 1 pixels in three channels. */
    private static LabeledImages color() {
        byte[] values = {0, (byte) 255, 10, (byte) 255, 21, (byte) 255, 1, 2, 3, 4, 5, 6};
        return LabeledImages.owning(new ImageShape(2, 1, 3), values, ClassLabels.of(1, 0), NAMES);
    }

    private static LabeledImages square() {
        return LabeledImages.owning(new ImageShape(2, 2, 1), new byte[] {1, 2, 3, 4}, ClassLabels.of(1), NAMES);
    }

    @Test
    void grayIsTheMeanOfTheChannels() {
        float[] gray = new float[2];
        color().gray(0, gray);
        assertThat(gray).containsExactly(31 / 3f, 255f);
        color().gray(1, gray);
        assertThat(gray).containsExactly(3f, 4f);
    }

    @Test
    void valuesAreUnsignedAndChannelAfterChannel() {
        assertThat(color().value(0, 0, 1, 0)).isEqualTo(255);
        assertThat(color().value(0, 2, 0, 0)).isEqualTo(21);
        assertThat(color().value(1, 1, 1, 0)).isEqualTo(4);
    }

    @Test
    void paddingCentersOnBlack() {
        LabeledImages padded = square().padded(4, 4);
        byte[] values = new byte[16];
        padded.copyValues(0, values);
        assertThat(values).containsExactly(0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0);
        assertThat(padded.labels()).isEqualTo(square().labels());
    }

    @Test
    void anOddBorderIsWiderOnTheRightAndAtTheBottom() {
        byte[] values = new byte[9];
        square().padded(3, 3).copyValues(0, values);
        assertThat(values).containsExactly(1, 2, 0, 3, 4, 0, 0, 0, 0);
    }

    @Test
    void paddingKeepsEveryChannelOfEveryImage() {
        LabeledImages padded = color().padded(4, 3);
        for (int i = 0; i < 2; i++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int y = 0; y < 3; y++) {
                    for (int x = 0; x < 4; x++) {
                        boolean inside = y == 1 && x >= 1 && x <= 2;
                        int expected = inside ? color().value(i, channel, x - 1, 0) : 0;
                        assertThat(padded.value(i, channel, x, y)).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void mirroringReversesEachRowAndKeepsChannelsAndLabels() {
        LabeledImages plain = LabeledImages.owning(
                new ImageShape(3, 2, 4), Filled.bytes(2 * 3 * 2 * 4, i -> 200 + i), ClassLabels.of(1, 0), NAMES);
        LabeledImages mirrored = plain.mirrored();
        for (int i = 0; i < 2; i++) {
            for (int channel = 0; channel < 4; channel++) {
                for (int y = 0; y < 2; y++) {
                    for (int x = 0; x < 3; x++) {
                        assertThat(mirrored.value(i, channel, x, y)).isEqualTo(plain.value(i, channel, 2 - x, y));
                    }
                }
            }
        }
        assertThat(mirrored.shape()).isEqualTo(plain.shape());
        assertThat(mirrored.labels()).isEqualTo(plain.labels());
        assertThat(mirrored.classNames()).isEqualTo(NAMES);
        assertThat(mirrored.sha256()).isNotEqualTo(plain.sha256());
        assertThat(mirrored.mirrored().sha256()).isEqualTo(plain.sha256());
    }

    @Test
    void aSmallerCanvasIsRefused() {
        assertThatThrownBy(() -> square().padded(1, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDigestCoversSizesValuesAndLabels() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0});
        bytes.write(new byte[] {1, 2, 3, 4});
        bytes.write(new byte[] {1, 0, 0, 0});
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        assertThat(square().sha256()).isEqualTo(HexFormat.of().formatHex(expected));
    }

    @Test
    void selectingAndJoiningKeepLabelsWithTheirImages() {
        LabeledImages joined = color().select(new int[] {1}).followedBy(color());
        assertThat(joined.labels().toArray()).containsExactly(0, 1, 0);
        assertThat(joined.value(0, 0, 0, 0)).isEqualTo(1);
        assertThat(joined.value(1, 0, 1, 0)).isEqualTo(255);
        assertThat(joined.value(2, 2, 1, 0)).isEqualTo(6);
    }

    @Test
    void imagesOfAnotherShapeCannotBeJoined() {
        assertThatThrownBy(() -> color().followedBy(square())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sizesAndClassesMustAgree() {
        ImageShape shape = new ImageShape(2, 2, 1);
        assertThatThrownBy(() -> LabeledImages.owning(shape, new byte[5], ClassLabels.of(0), NAMES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LabeledImages.owning(shape, new byte[4], ClassLabels.of(2), NAMES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ImageShape(0, 2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
