package io.github.linfhash.data.images;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The rows of a decoded image, turned as it is to be seen, as red, green and blue, 0..255.
 *
 * <p>Samples are taken as they are: Java's own conversion would treat gray values as linear light and brighten them.
 */
final class RgbRows {
    private final Raster raster;
    private final ColorModel colors;
    private final Orientation orientation;
    private final int[] samples;

    RgbRows(BufferedImage image, Orientation orientation) {
        this.raster = image.getRaster();
        this.colors = image.getColorModel();
        this.orientation = orientation;
        this.samples = new int[width() * raster.getNumBands()];
    }

    int width() {
        return orientation.transposed() ? raster.getHeight() : raster.getWidth();
    }

    int height() {
        return orientation.transposed() ? raster.getWidth() : raster.getHeight();
    }

    /**
     * Copies one row.
     *
     * @param target 3 * width values: red, green and blue of each pixel
     */
    void copy(int y, float[] target) {
        int width = width();
        boolean reversed;
        if (orientation.transposed()) {
            int column = orientation.fromRight() ? height() - 1 - y : y;
            raster.getPixels(column, 0, 1, width, samples);
            reversed = orientation.fromBelow();
        } else {
            raster.getPixels(0, orientation.fromBelow() ? height() - 1 - y : y, width, 1, samples);
            reversed = orientation.fromRight();
        }
        int bands = raster.getNumBands();
        for (int x = 0; x < width; x++) {
            int stored = reversed ? width - 1 - x : x;
            if (colors instanceof IndexColorModel palette) {
                fromPalette(palette, samples[stored], target, 3 * x);
            } else {
                fromSamples(stored * bands, bands, target, 3 * x);
            }
        }
    }

    private static void fromPalette(IndexColorModel palette, int index, float[] target, int offset) {
        float alpha = palette.getAlpha(index) / 255f;
        target[offset] = alpha * palette.getRed(index);
        target[offset + 1] = alpha * palette.getGreen(index);
        target[offset + 2] = alpha * palette.getBlue(index);
    }

    private void fromSamples(int first, int bands, float[] target, int offset) {
        // Two bands are gray and alpha, four are red, green, blue and alpha.
        float alpha = bands % 2 == 0 ? sample(first, bands - 1) / 255f : 1;
        for (int channel = 0; channel < 3; channel++) {
            target[offset + channel] = alpha * sample(first, bands < 3 ? 0 : channel);
        }
    }

    private float sample(int first, int band) {
        float largest = (1 << colors.getComponentSize(band)) - 1;
        return samples[first + band] * 255f / largest;
    }
}
