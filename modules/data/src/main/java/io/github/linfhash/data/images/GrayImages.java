package io.github.linfhash.data.images;

/** A list of equally large images, seen in gray. */
public interface GrayImages {
    /** The number of images, n. */
    int size();

    /** The width in pixels. */
    int width();

    /** The height in pixels. */
    int height();

    /**
     * Copies one image as gray values, the mean of its channels, 0..255.
     *
     * @param index which image
     * @param target width * height values, row-major, first row on top; modified
     */
    void gray(int index, float[] target);
}
