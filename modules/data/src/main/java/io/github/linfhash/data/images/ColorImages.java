package io.github.linfhash.data.images;

/** Equally large images with 8 bits a value, which are asked for one by one; safe for threads. */
public interface ColorImages {
    /** The number of images, n. */
    int size();

    /** The size of each. */
    ImageShape shape();

    /**
     * Copies all values of one image: channel after channel, within a channel row after row from the top.
     *
     * @param target as many values as the shape has
     */
    void copyValues(int index, byte[] target);
}
