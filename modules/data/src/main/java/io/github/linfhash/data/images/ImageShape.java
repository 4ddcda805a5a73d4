package io.github.linfhash.data.images;

/**
 * The size of an image.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param channels values per pixel, at least 1
 */
public record ImageShape(int width, int height, int channels) {
    public ImageShape {
        if (width < 1 || height < 1 || channels < 1) {
            throw new IllegalArgumentException("expected a width, a height and channels of at least 1, found " + width
                    + " x " + height + " x " + channels);
        }
        Math.multiplyExact(Math.multiplyExact(width, height), channels);
    }

    /** The number of pixels of a channel, width * height. */
    public int pixels() {
        return width * height;
    }

    /** The number of values of an image, width * height * channels. */
    public int values() {
        return pixels() * channels;
    }
}
