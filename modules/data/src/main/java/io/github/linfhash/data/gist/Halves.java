package io.github.linfhash.data.gist;

/**
 * A line of pixels folded about its center: pair m holds the pixels at the centered coordinates +p(m) and -p(m), where
 * p(m) = m + 1/2 for an even size and p(m) = m for an odd one (whose pair 0 is the middle pixel alone).
 *
 * @param size the number of pixels, at least 1
 */
record Halves(int size) {
    int pairs() {
        return (size + 1) / 2;
    }

    /** The index of the pixel at +p(m). */
    int plus(int m) {
        return size / 2 + m;
    }

    /** The index of the pixel at -p(m). */
    int minus(int m) {
        return size - 1 - plus(m);
    }

    /** Whether pair m is one pixel. */
    boolean single(int m) {
        return plus(m) == minus(m);
    }

    /** p(m). */
    double coordinate(int m) {
        return plus(m) - (size - 1) / 2.0;
    }
}
