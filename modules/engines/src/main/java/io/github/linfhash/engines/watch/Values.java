package io.github.linfhash.engines.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Numbers from 0 to 1, as distinct values with their counts: all that {@link MeanSequence} needs to know of a stream.
 *
 * @param values distinct, ascending
 * @param counts of the values, at least 1 each
 */
public record Values(List<Double> values, List<Long> counts) {
    /** No numbers. */
    public static final Values NONE = new Values(List.of(), List.of());

    /** @throws IllegalArgumentException if they are not as described */
    public Values {
        values = List.copyOf(values);
        counts = List.copyOf(counts);
        double before = -1;
        for (double value : values) {
            if (!(value > before && value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("expected ascending values from 0 to 1, found " + value);
            }
            before = value;
        }
        if (values.size() != counts.size() || counts.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("expected a count of at least 1 for each value, found " + counts);
        }
    }

    /** Returns these numbers and more. */
    public Values with(List<Double> more) {
        TreeMap<Double, Long> all = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            all.put(values.get(i), counts.get(i));
        }
        more.forEach(value -> all.merge(value, 1L, Long::sum));
        return new Values(new ArrayList<>(all.keySet()), new ArrayList<>(all.values()));
    }

    /** How many numbers there are. */
    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** The mean; 0 if there are none. */
    public double mean() {
        double sum = 0;
        for (int i = 0; i < values.size(); i++) {
            sum += values.get(i) * counts.get(i);
        }
        return sum / Math.max(1, total());
    }

    /** Returns each number subtracted from 1. */
    Values mirrored() {
        List<Double> mirrored = new ArrayList<>();
        List<Long> same = new ArrayList<>();
        for (int i = values.size() - 1; i >= 0; i--) {
            mirrored.add(1 - values.get(i));
            same.add(counts.get(i));
        }
        return new Values(mirrored, same);
    }
}
