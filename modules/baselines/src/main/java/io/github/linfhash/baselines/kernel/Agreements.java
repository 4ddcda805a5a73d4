package io.github.linfhash.baselines.kernel;

/**
 * All that a product with the target needs to know of a vector over the rows: its sums over the groups of equal labels, and
 * its products with the bits found so far. Those of all rows are the sum of those of parts of the rows. Not safe for
 * threads.
 */
final class Agreements {
    final double[] groups;
    final double[] found;

    Agreements(int groups, int bits) {
        this.groups = new double[groups];
        this.found = new double[bits];
    }

    /** Becomes the sum of two. */
    void setSum(Agreements one, Agreements other) {
        Vectors.add(one.groups, other.groups, groups);
        Vectors.add(one.found, other.found, found);
    }
}
