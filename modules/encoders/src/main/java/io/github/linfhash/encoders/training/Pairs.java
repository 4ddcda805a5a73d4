package io.github.linfhash.encoders.training;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * A list of pairs of training images.
 *
 * <p>Immutable by convention: it is shared within this package and never written to after it is made.
 */
final class Pairs {
    private final int[] first;
    private final int[] second;
    private final boolean[] similar;

    Pairs(int[] first, int[] second, boolean[] similar) {
        this.first = first;
        this.second = second;
        this.similar = similar;
    }

    int size() {
        return similar.length;
    }

    int first(int pair) {
        return first[pair];
    }

    int second(int pair) {
        return second[pair];
    }

    boolean similar(int pair) {
        return similar[pair];
    }

    /** The same pairs in a random order. */
    Pairs shuffled(UniformRandomProvider random) {
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
