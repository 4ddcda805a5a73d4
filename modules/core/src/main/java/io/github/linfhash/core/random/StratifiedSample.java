package io.github.linfhash.core.random;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/** Rows drawn without replacement, equally many of each class. */
public final class StratifiedSample {
    private StratifiedSample() {}

    /**
     * Draws rows of each class that occurs, the classes in ascending order, by a partial Fisher-Yates shuffle of the
     * class's m rows in ascending order (Commons RNG's PermutationSampler): for i from m - 1 down to m - perClass, but
     * not to 0, entry i is swapped with entry {@code nextInt(i + 1)}; the sample is the last perClass entries.
     *
     * @param perClass how many rows of each class, at least 1
     * @return for each class its sample
     * @throws InputException if a class has fewer rows
     */
    public static List<int[]> draw(ClassLabels labels, int perClass, UniformRandomProvider random) {
        return draw(labels, new BitSet(), perClass, random);
    }

    /**
     * Draws rows of each class that are not left out, by the same shuffle.
     *
     * @param leftOut rows that are not drawn; a class that has no others is one with too few rows
     */
    public static List<int[]> draw(ClassLabels labels, BitSet leftOut, int perClass, UniformRandomProvider random) {
        int[] classes = labels.toArray();
        List<int[]> samples = new ArrayList<>();
        for (int wanted : Arrays.stream(classes).sorted().distinct().toArray()) {
            int[] rows = IntStream.range(0, classes.length)
                    .filter(row -> classes[row] == wanted && !leftOut.get(row))
                    .toArray();
            if (rows.length < perClass) {
                throw new InputException("class " + wanted + " has too few images: expected at least " + perClass
                        + " to draw from, found " + rows.length);
            }
            int[] order = new PermutationSampler(random, rows.length, perClass).sample();
            samples.add(Arrays.stream(order).map(i -> rows[i]).toArray());
        }
        return samples;
    }

    /** The entries {@code from .. to - 1} of every class's sample, all together in ascending order. */
    public static int[] ascending(List<int[]> samples, int from, int to) {
        return samples.stream()
                .flatMapToInt(sample -> Arrays.stream(sample, from, to))
                .sorted()
                .toArray();
    }
}
