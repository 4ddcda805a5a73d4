package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import java.util.Arrays;

/**
 * The fixed factor g of a network's input, which sets how far its neurons are from saturation when training starts.
 *
 * @param rule how g is found
 * @param value g itself, or the quantile
 */
public record InputGain(Rule rule, @Range(above = 0) double value) {
    /** How the gain is found. */
    public enum Rule {
        /** The value is the gain. */
        FIXED,
        /** The gain makes this quantile of |g W y| over the training images equal to 1. */
        QUANTILE,
        /**
         * The gain makes the mean distance of dissimilar pairs before training this share of the margin; for encoders
         * whose outputs grow in proportion to their input.
         */
        DISTANCE
    }

    public InputGain {
        Ranges.check(InputGain.class, rule, value);
        Ranges.require(
                rule != Rule.QUANTILE || value < 1,
                "value: expected a quantile below 1, as rule is quantile, found " + value);
    }

    /**
     * The gain for a network whose first weights are given.
     *
     * @param images the training images, at least one
     * @throws InputException if the rule is DISTANCE, which needs more than the first weights
     */
    public double resolve(Weights first, FeatureMatrix images) {
        return switch (rule) {
            case FIXED -> value;
            case QUANTILE -> 1 / quantile(first, images, value);
            case DISTANCE ->
                throw new InputException(
                        "The gain rule DISTANCE is for SNNH alone; use FIXED or QUANTILE for bounded outputs.");
        };
    }

    /** The q-quantile of |W y| over all units and images. */
    public static double quantile(Weights first, FeatureMatrix images, double q) {
        FloatMatrix input = FloatMatrix.zeros(images.dimension(), images.rows());
        input.copyFrom(images.toArray());
        FloatMatrix product = FloatMatrix.zeros(first.rows(), images.rows());
        first.apply(1, input, product);
        float[] magnitudes = new float[product.length()];
        product.copyTo(magnitudes);
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = Math.abs(magnitudes[i]);
        }
        Arrays.sort(magnitudes);
        double quantile = magnitudes[(int) Math.min(magnitudes.length - 1, q * magnitudes.length)];
        if (!(quantile > 0)) {
            throw new InputException("The training images give a network no signal: the " + q
                    + "-quantile of its first layer's inputs is " + quantile
                    + "; check that the features are not all 0.");
        }
        return quantile;
    }
}
