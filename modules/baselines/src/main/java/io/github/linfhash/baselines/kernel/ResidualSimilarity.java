package io.github.linfhash.baselines.kernel;

import java.util.Arrays;

/**
 * The target that is left for the next bit, S = N S0 - sum of y y' over the bits found (Liu et al. 2012, section 3.2),
 * as a product; the sum is a term of rank t.
 *
 * <p>The rows are in two halves, which two threads may work on at a time: what a product must know of the vector is summed
 * over each half ({@link Half#agree}), the sums are added, and each half makes its entries of the product from them.
 */
final class ResidualSimilarity {
    private final PairSimilarity pairs;
    private final int bits;
    private final Half upper;
    private final Half lower;
    private final Agreements whole;

    /**
     * The target of the first bit.
     *
     * @param pairs S0
     * @param bits N
     */
    ResidualSimilarity(PairSimilarity pairs, int bits) {
        this.pairs = pairs;
        this.bits = bits;
        this.upper = new Half(0, pairs.size() / 2);
        this.lower = new Half(pairs.size() / 2, pairs.size());
        this.whole = agreements();
    }

    /** One half of the rows; two threads may use two halves at the same time. */
    final class Half {
        private final int from;
        private final int to;
        private final FoundBits found;

        private Half(int from, int to) {
            this.from = from;
            this.to = to;
            this.found = new FoundBits(bits, to - from);
        }

        /** The first row. */
        int from() {
            return from;
        }

        /** The row after the last one. */
        int to() {
            return to;
        }

        /** Sets what this half's entries of a vector add to its agreements. */
        void agree(double[] entries, Agreements agreements) {
            pairs.sum(from, entries, agreements.groups);
            found.times(entries, agreements.found);
        }

        /**
         * Sets this half's entries of S v.
         *
         * @param ofGroup what {@link ResidualSimilarity#ofGroup} says of v
         * @param agreements those of all entries of v
         */
        void multiply(double[] ofGroup, Agreements agreements, double[] result) {
            pairs.spread(ofGroup, from, result);
            found.subtractTransposedTimes(agreements.found, result);
        }
    }

    /** The number of rows l. */
    int size() {
        return pairs.size();
    }

    Half upper() {
        return upper;
    }

    Half lower() {
        return lower;
    }

    /** Room for the agreements of a vector. */
    Agreements agreements() {
        return new Agreements(pairs.sums(), bits);
    }

    /** The part of S v that is the same for all rows of a group, by group. */
    double[] ofGroup(Agreements agreements) {
        return pairs.product(bits, agreements.groups);
    }

    /** v' S v, for the agreements of all entries of v. */
    double quadraticForm(Agreements agreements) {
        return bits * pairs.quadraticForm(agreements.groups) - Vectors.dot(agreements.found, agreements.found);
    }

    /** Takes a found bit away from the target: l entries, each +1 or -1. */
    void deflate(double[] bit) {
        upper.found.append(bit, upper.from);
        lower.found.append(bit, lower.from);
    }

    /** S v, as a new array of l. Not safe for threads. */
    double[] times(double[] v) {
        agreeWith(v);
        double[] ofGroup = ofGroup(whole);
        double[] result = new double[v.length];
        for (Half half : new Half[] {upper, lower}) {
            double[] part = new double[half.to - half.from];
            half.multiply(ofGroup, whole, part);
            System.arraycopy(part, 0, result, half.from, part.length);
        }
        return result;
    }

    /** v' S v. Not safe for threads. */
    double quadraticForm(double[] v) {
        agreeWith(v);
        return quadraticForm(whole);
    }

    private void agreeWith(double[] v) {
        Agreements ofUpper = agreements();
        Agreements ofLower = agreements();
        upper.agree(Arrays.copyOfRange(v, upper.from, upper.to), ofUpper);
        lower.agree(Arrays.copyOfRange(v, lower.from, lower.to), ofLower);
        whole.setSum(ofUpper, ofLower);
    }
}
