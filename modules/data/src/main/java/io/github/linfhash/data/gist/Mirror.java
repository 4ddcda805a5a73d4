package io.github.linfhash.data.gist;

/** Symmetric extension of a line of pixels: the border pixel is repeated, then the line runs backwards, and so on. */
final class Mirror {
    private Mirror() {}

    /** The pixel in 0..size-1 that position (any integer, negative or beyond the end) shows. */
    static int source(int position, int size) {
        int within = Math.floorMod(position, 2 * size);
        return within < size ? within : 2 * size - 1 - within;
    }
}
