package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.encoders.training.ClassTargets.HashCenters;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The loss of CSQ: the binary cross-entropy of p = (1 + t) / 2, t = tanh(x), to the bits of a center that all images of a class share, plus
 * lambda times log cosh(|2 p - 1| - 1), the distance of t from signs; both as means over images and outputs.
 *
 * <p>Based on Yuan et al., "Central Similarity Quantization for Efficient Image and Video Retrieval" (CVPR 2020), eqs. (4) to (6). Centers
 * ({@link HashCenters}) are no part of the encoder and are drawn from the stream "centres"; an image of several labels has for each bit
 * what most of its labels' centers have, drawn where they are equally many, once for a training. tanh is the loss's own, as outputs of
 * encoders need not lie between -1 and 1. It takes means where the original has sums, and leaves images without a label out.
 */
final class CsqLoss implements BatchLoss {
    /**
     * Options.
     *
     * @param quantization lambda, the weight of the distance from signs
     */
    record Options(
            @Origin(value = Source.OUR_READING, note = "Yuan et al. 2020 tune it; 0.0001 is a common value.")
            @Range(least = 0)
            double quantization) {
        static final Options DEFAULTS = new Options(1e-4);

        Options {
            Ranges.check(Options.class, quantization);
        }
    }

    private final Options options;
    private final ClassTargets targets;
    private final int units;
    private final byte[][] centers;

    /**
     * The loss of batches of images with N outputs each.
     *
     * @param targets the classes of each training image
     * @param random where centers are drawn from
     */
    CsqLoss(Options options, ClassTargets targets, int units, UniformRandomProvider random) {
        this.options = options;
        this.targets = targets;
        this.units = units;
        byte[][] ofClasses = HashCenters.of(targets.classes(), units, random);
        this.centers = new byte[targets.images()][];
        for (int row = 0; row < centers.length; row++) {
            int[] own = targets.of(row);
            centers[row] = own.length == 1 ? ofClasses[own[0]] : majority(own, ofClasses, units, random);
        }
    }

    private static byte[] majority(int[] own, byte[][] ofClasses, int units, UniformRandomProvider random) {
        byte[] center = new byte[own.length == 0 ? 0 : units];
        for (int bit = 0; bit < center.length; bit++) {
            int votes = 0;
            for (int c : own) {
                votes += ofClasses[c][bit];
            }
            boolean positive = votes == 0 ? random.nextBoolean() : votes > 0;
            center[bit] = (byte) (positive ? 1 : -1);
        }
        return center;
    }

    /** The center of a training image, of 1 and -1; empty without a label. */
    byte[] center(int row) {
        return centers[row].clone();
    }

    @Override
    public double gradient(float[] x, int[] rows, float[] gradient) {
        double weight = 1.0 / units / targets.labeled(rows);
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            byte[] center = centers[rows[i]];
            for (int bit = 0; bit < units; bit++) {
                int at = i * units + bit;
                gradient[at] = 0;
                if (center.length > 0) {
                    sum += term(x, at, center[bit], weight, gradient);
                }
            }
        }
        return weight * sum;
    }

    /** Both terms of one output. With p = 1 / (1 + exp(-2 x)) the cross-entropy is log(1 + exp(-2 c x)). */
    private double term(float[] x, int at, byte c, double weight, float[] gradient) {
        double z = -2.0 * c * x[at];
        double small = Math.exp(-Math.abs(z));
        double entropy = Math.log1p(small) + Math.max(z, 0);
        double sigmoid = (z > 0 ? 1 : small) / (1 + small);
        double t = Math.tanh(x[at]);
        double apart = Math.abs(t) - 1;
        double quantization = options.quantization() * Math.log(Math.cosh(apart));
        double slope = options.quantization() * Math.tanh(apart) * Math.signum(t) * (1 - t * t);
        gradient[at] = (float) (weight * (-2 * c * sigmoid + slope));
        return entropy + quantization;
    }
}
