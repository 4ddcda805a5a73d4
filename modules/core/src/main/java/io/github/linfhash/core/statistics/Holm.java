package io.github.linfhash.core.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Holm's step-down correction for several tests (Scandinavian Journal of Statistics 6, 1979). */
public final class Holm {
    private Holm() {}

    /** The k-th smallest of m values of p times m - k + 1, at most 1 and never below a smaller one's; in the given order. */
    public static double[] adjust(double... p) {
        List<Integer> order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .toList();
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int k = 0; k < p.length; k++) {
            largest = Math.max(largest, Math.min(1, p[order.get(k)] * (p.length - k)));
            adjusted[order.get(k)] = largest;
        }
        return adjusted;
    }

    /**
     * Corrects the p-values of one family of tests.
     *
     * @param family the p-values; empty where nothing could be tested, which does not count as a test
     * @return the corrected ones in the same order, empty where the given ones are
     */
    public static List<OptionalDouble> adjust(List<OptionalDouble> family) {
        double[] adjusted =
                adjust(family.stream().flatMapToDouble(OptionalDouble::stream).toArray());
        List<OptionalDouble> corrected = new ArrayList<>();
        int next = 0;
        for (OptionalDouble p : family) {
            corrected.add(p.isPresent() ? OptionalDouble.of(adjusted[next++]) : p);
        }
        return corrected;
    }
}
