package io.github.linfhash.embeddings.images;

import io.github.linfhash.data.images.ImageShape;

/**
 * Enlarges images to squares by bilinear interpolation, where the centers of pixels are what is interpolated between, and what is
 * beyond the centers at the border has their values. It is meant for enlarging: of a much larger image it would skip pixels.
 */
final class Bilinear {
    private final ImageShape source;
    private final int side;
    private final int[] left;
    private final float[] leftShare;
    private final int[] top;
    private final float[] topShare;

    /** @param side of the squares, in pixels */
    Bilinear(ImageShape source, int side) {
        this.source = source;
        this.side = side;
        this.left = new int[side];
        this.leftShare = new float[side];
        this.top = new int[side];
        this.topShare = new float[side];
        weigh(source.width(), left, leftShare);
        weigh(source.height(), top, topShare);
    }

    /** Which two pixels of a line each pixel of the square lies between, and the share of the first. */
    private void weigh(int length, int[] first, float[] share) {
        for (int i = 0; i < side; i++) {
            double place = Math.min(length - 1, Math.max(0, (i + 0.5) * length / side - 0.5));
            first[i] = Math.max(0, Math.min(length - 2, (int) place));
            share[i] = (float) (1 - (place - first[i]));
        }
    }

    /**
     * Resizes one channel of an image.
     *
     * @param values the image, channel after channel
     * @param target gets side * side values, row after row
     */
    void resize(byte[] values, int channel, float[] target) {
        int offset = channel * source.pixels();
        int right = Math.min(1, source.width() - 1);
        int below = Math.min(1, source.height() - 1) * source.width();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int place = offset + top[y] * source.width() + left[x];
                float above = mix(values, place, right, leftShare[x]);
                float under = mix(values, place + below, right, leftShare[x]);
                target[y * side + x] = topShare[y] * above + (1 - topShare[y]) * under;
            }
        }
    }

    private static float mix(byte[] values, int place, int step, float share) {
        return share * (values[place] & 0xff) + (1 - share) * (values[place + step] & 0xff);
    }
}
