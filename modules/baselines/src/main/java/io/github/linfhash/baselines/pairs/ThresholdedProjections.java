package io.github.linfhash.baselines.pairs;

import io.github.linfhash.baselines.linear.AffineProjection;
import io.github.linfhash.baselines.linear.LinearHashFunction;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Chooses the threshold of each of several given projections on its own, from labelled pairs. */
public final class ThresholdedProjections {
    private ThresholdedProjections() {}

    /**
     * The hash function whose bit k is 1 where w_k . x lies above the best threshold of projection k.
     *
     * @param directions W, N x d; rescaled to rows of unit length, which changes no bit
     * @param labelled features of the labelled training images, l x d
     * @param pairs pairs of those images
     * @throws InputException if a projection is constant on the training images
     */
    public static LinearHashFunction learn(double[][] directions, FeatureMatrix labelled, LabelledPairs pairs) {
        AffineProjection projection = AffineProjection.linear(
                Arrays.stream(directions).map(ThresholdedProjections::unit).toArray(double[][]::new));
        float[] values = projection.apply(labelled);
        double[] gains = pairs.gains();
        float[] offsets = new float[directions.length];
        IntStream.range(0, offsets.length).parallel().forEach(k -> {
            float[] column = column(values, offsets.length, k);
            offsets[k] = -ThresholdSearch.best(column, pairs, gains)
                    .orElseThrow(() -> constant(k))
                    .value();
        });
        return new LinearHashFunction(projection.withOffsets(offsets));
    }

    private static InputException constant(int k) {
        return new InputException("projection " + k + " has the same value for all labelled training images, so no"
                + " threshold can split them; ask for fewer bits or give more images");
    }

    private static double[] unit(double[] direction) {
        double squared = 0;
        for (double weight : direction) {
            squared += weight * weight;
        }
        double length = Math.sqrt(squared);
        return Arrays.stream(direction).map(weight -> weight / length).toArray();
    }

    private static float[] column(float[] values, int width, int k) {
        float[] column = new float[values.length / width];
        for (int i = 0; i < column.length; i++) {
            column[i] = values[i * width + k];
        }
        return column;
    }
}
