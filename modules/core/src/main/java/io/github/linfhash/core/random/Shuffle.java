package io.github.linfhash.core.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.RandomProviderState;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Parts of a random permutation of 0..n-1 in memory for the part alone, each the same as a part of what {@link PermutationSampler} draws
 * with memory for all.
 *
 * <p>That is a shuffle of Fisher and Yates: for i from n - 1 down to 1, the number at place i changes places with that at a random place
 * from 0 to i.
 */
public final class Shuffle {
    /** Below so many numbers for each wanted one, all of them take no more memory than their places. */
    private static final int FEW = 8;

    private static final int STEPS_AT_A_TIME = 1 << 16;

    private Shuffle() {}

    /**
     * Returns the first numbers of a whole permutation, {@code new PermutationSampler(random, n, n)}.
     *
     * <p>The first places change until the last step. So the steps are undone from the last to the first, and the wanted numbers are
     * followed to where they began. The generator goes through its numbers twice: once to keep its state now and then, and once more from
     * each state, the last one first.
     *
     * @param count how many, at most n
     */
    public static int[] first(RestorableUniformRandomProvider random, int n, int count) {
        if (count == 0) {
            return new int[0];
        }
        if (n / FEW <= count) {
            return Arrays.copyOf(new PermutationSampler(random, n, n).sample(), count);
        }
        List<RandomProviderState> states = new ArrayList<>();
        for (int i = n - 1; i >= 1; i--) {
            if (i == n - 1 || i % STEPS_AT_A_TIME == 0) {
                states.add(random.saveState());
            }
            random.nextInt(i + 1);
        }
        int[] drawn = new int[STEPS_AT_A_TIME + 1];
        Map<Integer, Integer> wanted = new HashMap<>(); // by place, which of the wanted numbers was there
        for (int place = 0; place < count; place++) {
            wanted.put(place, place);
        }
        for (int block = states.size() - 1; block >= 0; block--) {
            random.restoreState(states.get(block));
            int before = (states.size() - 1 - block) * STEPS_AT_A_TIME;
            int last = block == 0 ? n - 1 : before + STEPS_AT_A_TIME;
            for (int i = last; i > before; i--) {
                drawn[i - before] = random.nextInt(i + 1);
            }
            for (int i = before + 1; i <= last; i++) {
                exchange(wanted, i, drawn[i - before], i < count);
            }
        }
        int[] first = new int[count];
        wanted.forEach((place, which) -> first[which] = place);
        return first;
    }

    private static void exchange(Map<Integer, Integer> wanted, int i, int j, boolean both) {
        Integer atJ = i == j ? null : wanted.remove(j);
        Integer atI = i != j && both ? wanted.remove(i) : null;
        if (atJ != null) {
            wanted.put(i, atJ);
        }
        if (atI != null) {
            wanted.put(j, atI);
        }
    }

    /**
     * Returns the numbers of {@code new PermutationSampler(random, n, count)}, whose steps end with the last {@code count} places.
     *
     * @param count how many, at most n
     */
    public static int[] sample(UniformRandomProvider random, int n, int count) {
        if (count == 0) {
            return new int[0];
        }
        if (n / FEW <= count) {
            return new PermutationSampler(random, n, count).sample();
        }
        Map<Integer, Integer> moved = new HashMap<>(); // by place, where a number other than that of the place is
        int[] sample = new int[count];
        for (int i = n - 1; i >= n - count; i--) {
            int j = random.nextInt(i + 1);
            Integer atI = moved.remove(i);
            Integer atJ = i == j ? atI : moved.put(j, atI == null ? i : atI);
            sample[i - (n - count)] = atJ == null ? j : atJ;
        }
        return sample;
    }
}
