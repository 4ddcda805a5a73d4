package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.codes.Distances;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rescores the best codes of a query by what is kept of their vectors, such as float16 or int8, in place of the vectors themselves. Codes at the same
 * distance are taken in the order of their rows, as a search does it.
 */
final class Rescoring {
    private final List<Integer> oversamplings;

    /** For these factors, ascending, each at least 1. */
    Rescoring(List<Integer> oversamplings) {
        this.oversamplings = List.copyOf(oversamplings);
    }

    /** How many oversamplings there are. */
    int count() {
        return oversamplings.size();
    }

    /** The best codes of a query, as many as the largest oversampling takes; best first. */
    int[] candidates(float[] distances, int k) {
        int most = (int) Math.min(distances.length, (long) oversamplings.get(oversamplings.size() - 1) * k);
        // The order of floats as whole numbers above, the row below.
        long[] best = new long[2 * most];
        int count = 0;
        float furthest = Float.POSITIVE_INFINITY;
        for (int i = 0; i < distances.length; i++) {
            if (distances[i] < furthest || count < most) {
                best[count++] = (long) ordered(distances[i]) << Integer.SIZE | i;
                if (count == best.length) {
                    Arrays.sort(best);
                    count = most;
                    furthest = distances[(int) best[most - 1]];
                }
            }
        }
        Arrays.sort(best, 0, count);
        int[] rows = new int[most];
        Arrays.setAll(rows, place -> (int) best[place]);
        return rows;
    }

    /** Bits that are ordered as whole numbers like the floats; -0 and 0 are equal. */
    private static int ordered(float value) {
        int bits = Float.floatToRawIntBits(value + 0f);
        return bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE);
    }

    /**
     * Returns for each oversampling the share of the query's neighbors among the k nearest candidates by what is kept. A row as near as the last neighbor
     * counts like it.
     *
     * @param candidates as {@link #candidates} gives them
     * @param kept estimated distances of the query to what is kept
     */
    double[] of(FloatNeighbors truth, int query, int[] candidates, Distances kept) {
        int k = truth.perQuery();
        int[] ids = truth.ids(query);
        int places = truth.asNearAsLast(query);
        int[] sure = Arrays.copyOf(ids, k - places);
        int[] asLast = Arrays.copyOfRange(ids, k - places, k);
        Arrays.sort(sure);
        Arrays.sort(asLast);
        @Nullable BitSet further = truth.ties(query).orElse(null);
        Nearest nearest = new Nearest(k);
        double[] recall = new double[oversamplings.size()];
        int at = 0;
        for (int o = 0; o < recall.length; o++) {
            long most = Math.min(candidates.length, (long) oversamplings.get(o) * k);
            for (; at < most; at++) {
                nearest.add(candidates[at], kept.to(candidates[at]));
            }
            int found = 0;
            int equal = 0;
            for (int place = 0; place < nearest.count; place++) {
                int row = nearest.rows[place];
                if (Arrays.binarySearch(sure, row) >= 0) {
                    found++;
                } else if (Arrays.binarySearch(asLast, row) >= 0 || (further != null && further.get(row))) {
                    equal++;
                }
            }
            recall[o] = (double) (found + Math.min(places, equal)) / k;
        }
        return recall;
    }

    /** The k nearest rows so far, nearest first; of equally near ones that which came first. */
    private static final class Nearest {
        private final int[] rows;
        private final float[] distances;
        private int count;

        Nearest(int k) {
            this.rows = new int[k];
            this.distances = new float[k];
        }

        void add(int row, float distance) {
            if (count == rows.length && distance >= distances[count - 1]) {
                return;
            }
            int place = count < rows.length ? count++ : count - 1;
            while (place > 0 && distances[place - 1] > distance) {
                rows[place] = rows[place - 1];
                distances[place] = distances[place - 1];
                place--;
            }
            rows[place] = row;
            distances[place] = distance;
        }
    }
}
