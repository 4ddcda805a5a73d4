package io.github.linfhash.quantizers.neighbors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** All orders of a few codes. */
final class Permutations {
    private Permutations() {}

    /** All orders of 0..n-1. */
    static List<List<Integer>> of(int n) {
        if (n == 0) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (List<Integer> shorter : of(n - 1)) {
            IntStream.rangeClosed(0, shorter.size()).forEach(at -> {
                List<Integer> longer = new ArrayList<>(shorter);
                longer.add(at, n - 1);
                all.add(longer);
            });
        }
        return all;
    }

    /** The codes by distance; those of equal distance as in a given order. */
    static List<Integer> sorted(List<Integer> order, float[] distances) {
        List<Integer> sorted = new ArrayList<>(order);
        sorted.sort(Comparator.comparingDouble(i -> distances[i]));
        return sorted;
    }
}
