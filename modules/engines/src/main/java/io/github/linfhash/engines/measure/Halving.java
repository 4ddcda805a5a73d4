package io.github.linfhash.engines.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Successive halving: candidates are measured with a few queries, and the better half of them with as many again, until one is left. */
final class Halving {
    private Halving() {}

    /** Measures candidates with some queries, in turns. */
    @FunctionalInterface
    interface Round<T> {
        /** Returns for each candidate the times of the queries from a number to another one. */
        List<double[]> measure(List<T> candidates, int from, int to) throws IOException;
    }

    /**
     * The candidate with the smallest 95th percentile.
     *
     * @param candidates at least one
     * @param first how many queries begin
     * @param queries how many there are
     */
    static <T> T fastest(List<T> candidates, int first, int queries, Round<T> round) throws IOException {
        List<Runner<T>> left = candidates.stream()
                .map(candidate -> new Runner<>(candidate, new ArrayList<>()))
                .collect(Collectors.toCollection(ArrayList::new));
        int from = 0;
        int to = Math.min(first, queries);
        while (left.size() > 1 && from < to) {
            List<double[]> times =
                    round.measure(left.stream().map(runner -> runner.candidate).toList(), from, to);
            for (int i = 0; i < times.size(); i++) {
                left.get(i).times.addAll(Arrays.stream(times.get(i)).boxed().toList());
            }
            left.sort(Comparator.comparingDouble(Runner::cost));
            left = new ArrayList<>(left.subList(0, (left.size() + 1) / 2));
            from = to;
            to = Math.min(2 * to, queries);
        }
        return left.get(0).candidate;
    }

    private record Runner<T>(T candidate, List<Double> times) {
        double cost() {
            return percentile(times.stream().mapToDouble(Double::doubleValue).toArray(), 0.95);
        }
    }

    /** The smallest value that a share of the values does not exceed. */
    static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
