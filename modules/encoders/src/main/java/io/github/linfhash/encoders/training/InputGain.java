package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.encoders.layers.FloatMatrix;
import io.github.linfhash.encoders.layers.Weights;
import java.util.Arrays;

/**
 * The fixed factor g of a network's input, which sets how far its neurons are from saturation when training starts.
 *
 * @param rule how g is found
 * @param value g itself, or the quantile
 */
public record InputGain(Rule rule, double value) {
    /** How the gain is found. */
    public enum Rule {
        /** The value is the gain. */
        FIXED,
        /** The gain makes this quantile of |g W y| over the training images equal to 1. */
        QUANTILE
    }

    public InputGain {
        boolean fine = rule == Rule.FIXED ? value > 0 && Double.isFinite(value) : value > 0 && value < 1;
        if (!fine) {
            throw new InputException("The input gain must be " + (rule == Rule.FIXED ? "above 0" : "between 0 and 1")
                    + " for the rule " + rule + ", not " + value + ".");
        }
    }

    /**
     * The gain for a network whose first weights are given.
     *
     * @param images the training images, at least one
     */
    public double resolve(Weights first, FeatureMatrix images) {
        return rule == Rule.FIXED ? value : 1 / quantile(first, images, value);
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
                    + "-quantile of its first layer's inputs is " + quantile + ".");
        }
        return quantile;
    }
}
