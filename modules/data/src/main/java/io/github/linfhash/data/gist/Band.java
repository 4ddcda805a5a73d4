package io.github.linfhash.data.gist;

/**
 * An interval of frequencies, of even length, folded about its centre: pair j holds the frequencies at j + 1/2 above
 * and below the centre.
 *
 * @param first the least frequency
 * @param pairs half the number of frequencies
 */
record Band(int first, int pairs) {
    /** The least band that holds first..last. */
    static Band covering(int first, int last) {
        return new Band(first, (last - first + 2) / 2);
    }

    int above(int j) {
        return first + pairs + j;
    }

    int below(int j) {
        return first + pairs - 1 - j;
    }

    /** The matrix (pairs of pixels x pairs of frequencies) of cos(2 pi (j + 1/2) p(m) / padded). */
    RowMatrix cosines(Halves pixels, int padded) {
        return RowMatrix.of(pixels.pairs(), pairs, (m, j) -> Math.cos(angle(j, pixels.coordinate(m), padded)));
    }

    /** As {@link #cosines}, of the sine. */
    RowMatrix sines(Halves pixels, int padded) {
        return RowMatrix.of(pixels.pairs(), pairs, (m, j) -> Math.sin(angle(j, pixels.coordinate(m), padded)));
    }

    private static double angle(int j, double coordinate, int padded) {
        return 2 * Math.PI * (j + 0.5) * coordinate / padded;
    }
}
