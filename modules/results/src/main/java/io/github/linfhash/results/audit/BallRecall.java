package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PrintedPercent;

/**
 * A printed recall of Hamming balls.
 *
 * @param method the row's name as printed
 * @param bits the code length N; 0 where the table does not say
 * @param radius the radius of the balls
 * @param printed the number
 */
record BallRecall(String method, int bits, int radius, PrintedPercent printed) {
    /** What messages call it. */
    String place() {
        return BallGroup.place(method, bits) + ", radius " + radius;
    }
}
