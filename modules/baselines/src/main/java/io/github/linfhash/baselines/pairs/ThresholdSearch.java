package io.github.linfhash.baselines.pairs;

import io.github.linfhash.codes.NonFiniteException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The search for the threshold that separates dissimilar pairs and keeps similar ones together.
 *
 * <p>A threshold separates a pair if it lies between the pair's two values. Parameter-sensitive hashing wants TP - FP
 * large, LDAHash wants FN + FP small, a boosted bit wants the weighted error small: all three are the sum, over the
 * separated pairs, of a gain for each pair, up to a constant. Between two neighboring values nothing changes, so the
 * midpoints are all candidates that there are, and one sweep over them in ascending order finds the best: a pair adds
 * its gain at the smaller of its values and takes it back at the larger.
 *
 * <p>Rows are ranked once and pairs looked up by rank, O(l log l + pairs) for l rows.
 */
final class ThresholdSearch {
    /**
     * A threshold on a real value, and how well it separates.
     *
     * @param value T; the bit is 1 above it
     * @param gain the sum of the gains of the pairs that it separates
     */
    record Threshold(float value, double gain) {}

    private ThresholdSearch() {}

    /**
     * The best threshold; the smallest one where several are equally good.
     *
     * @param values one value for each training row
     * @param pairs pairs of those rows
     * @param gains what separating each pair is worth
     * @return empty if all rows have the same value, so that nothing can be separated
     * @throws NonFiniteException if a value is NaN or infinite
     */
    static Optional<Threshold> best(float[] values, LabeledPairs pairs, double[] gains) {
        float[] distinct = distinct(values);
        double[] changes = changes(ranks(values, distinct), pairs, gains);
        int best = -1;
        double bestGain = Double.NEGATIVE_INFINITY;
        double gain = 0;
        for (int cut = 0; cut + 1 < distinct.length; cut++) {
            gain += changes[cut];
            if (gain > bestGain) {
                bestGain = gain;
                best = cut;
            }
        }
        return best < 0
                ? Optional.empty()
                : Optional.of(new Threshold(between(distinct[best], distinct[best + 1]), bestGain));
    }

    /** Returns the change of the sum of gains as the threshold passes each distinct value. */
    private static double[] changes(int[] ranks, LabeledPairs pairs, double[] gains) {
        double[] changes = new double[ranks.length];
        for (int pair = 0; pair < pairs.size(); pair++) {
            int a = ranks[pairs.first(pair)];
            int b = ranks[pairs.second(pair)];
            changes[Math.min(a, b)] += gains[pair];
            changes[Math.max(a, b)] -= gains[pair];
        }
        return changes;
    }

    private static float[] distinct(float[] values) {
        float[] sorted = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new NonFiniteException("the value of training image " + i + " is " + values[i]
                        + ", which no threshold can separate; look for such values in the training features");
            }
            sorted[i] = positiveZero(values[i]);
        }
        Arrays.sort(sorted);
        int count = 0;
        for (float value : sorted) {
            if (count == 0 || value != sorted[count - 1]) {
                sorted[count++] = value;
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    private static int[] ranks(float[] values, float[] distinct) {
        int[] ranks = new int[values.length];
        Arrays.setAll(ranks, i -> Arrays.binarySearch(distinct, positiveZero(values[i])));
        return ranks;
    }

    /** Both zeros as +0: they are one value to a threshold but two to {@link Arrays#sort(float[])}. */
    private static float positiveZero(float value) {
        return value + 0.0f;
    }

    /** The midpoint, or the lower of two values that have no float between them: still {@code low <= T < high}. */
    private static float between(float low, float high) {
        float middle = (float) (((double) low + high) / 2);
        return middle < high ? middle : low;
    }
}
