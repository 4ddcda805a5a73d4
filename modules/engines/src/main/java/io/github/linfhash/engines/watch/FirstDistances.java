package io.github.linfhash.engines.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How far the first queries were from their nearest rows: later ones are compared with three fourths of these.
 *
 * <p>The quantile is an estimate. Of n independent distances, it lies below the median of all with the probability that at least three fourths of n
 * fair coins show heads: 0.00015 for {@value #LEAST}, but 0.25 for two. With fewer, the alarm would ring although nothing had changed. Queries of a look
 * that may resemble each other count once, as they may be all alike.
 *
 * @param distances in the order of the looks
 * @param looks that they are of
 */
public record FirstDistances(List<Double> distances, int looks) {
    /** The fewest distances that are compared with, or looks if queries of one may resemble each other; the most that are kept of a look. */
    static final int LEAST = 50;

    /** Before the first look. */
    static final FirstDistances NONE = new FirstDistances(List.of(), 0);

    public FirstDistances {
        distances = List.copyOf(distances);
    }

    private boolean complete(boolean independent) {
        return (independent ? distances.size() : looks) >= LEAST;
    }

    /** Returns these and those of one more look; the same once there are enough. */
    FirstDistances with(List<Double> more, boolean independent) {
        if (complete(independent)) {
            return this;
        }
        List<Double> all = new ArrayList<>(distances);
        all.addAll(more.subList(0, Math.min(LEAST, more.size())));
        return new FirstDistances(all, looks + 1);
    }

    /** Returns for each distance 1 if it is not beyond three fourths of the first ones, else 0; none until there are enough of these. */
    List<Double> near(List<Double> others, boolean independent) {
        if (!complete(independent)) {
            return List.of();
        }
        double most =
                distances.stream().sorted(Comparator.naturalOrder()).toList().get((3 * distances.size() + 3) / 4 - 1);
        return others.stream().map(distance -> distance <= most ? 1.0 : 0.0).toList();
    }
}
