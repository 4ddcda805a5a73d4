package io.github.linfhash.baselines.kernel;

/**
 * The target that is left for the next bit, S = N S0 - sum of y y' over the bits found (Liu et al. 2012, section 3.2),
 * as a product; the sum is a term of rank t. Not safe for threads.
 */
final class ResidualSimilarity {
    private final PairSimilarity pairs;
    private final int bits;
    private final FoundBits found;

    /**
     * The target of the first bit.
     *
     * @param pairs S0
     * @param bits N
     */
    ResidualSimilarity(PairSimilarity pairs, int bits) {
        this.pairs = pairs;
        this.bits = bits;
        this.found = new FoundBits(bits, pairs.size());
    }

    /** The number of rows l. */
    int size() {
        return pairs.size();
    }

    /** Takes a found bit away from the target: l entries, each +1 or -1. */
    void deflate(double[] bit) {
        found.append(bit);
    }

    /** S v, as a new array of l. */
    double[] times(double[] v) {
        double[] result = new double[v.length];
        times(v, result);
        return result;
    }

    /** Sets the result, l entries, to S v. */
    void times(double[] v, double[] result) {
        pairs.times(bits, v, result);
        found.subtractTransposedTimes(found.times(v), result);
    }

    /** v' S v. */
    double quadraticForm(double[] v) {
        double[] agreements = found.times(v);
        return bits * pairs.quadraticForm(v) - Vectors.dot(agreements, agreements);
    }
}
