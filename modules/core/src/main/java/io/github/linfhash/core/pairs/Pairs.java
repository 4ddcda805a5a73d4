package io.github.linfhash.core.pairs;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * A list of pairs of training images.
 *
 * <p>Immutable: it takes the arrays of its maker, who must not write to them again.
 */
public final class Pairs {
    private final int[] first;
    private final int[] second;
    private final boolean[] similar;

    /**
     * Takes the arrays.
     *
     * @param first the row of one end of each pair
     * @param second the row of the other end
     * @param similar whether the ends share a label
     */
    public Pairs(int[] first, int[] second, boolean[] similar) {
        this.first = first;
        this.second = second;
        this.similar = similar;
    }

    public int size() {
        return similar.length;
    }

    public int first(int pair) {
        return first[pair];
    }

    public int second(int pair) {
        return second[pair];
    }

    public boolean similar(int pair) {
        return similar[pair];
    }

    /** The same pairs in a random order. */
    public Pairs shuffled(UniformRandomProvider random) {
        int[] order = PermutationSampler.natural(size());
        PermutationSampler.shuffle(random, order);
        int[] a = new int[size()];
        int[] b = new int[size()];
        boolean[] same = new boolean[size()];
        for (int i = 0; i < order.length; i++) {
            a[i] = first[order[i]];
            b[i] = second[order[i]];
            same[i] = similar[order[i]];
        }
        return new Pairs(a, b, same);
    }
}
