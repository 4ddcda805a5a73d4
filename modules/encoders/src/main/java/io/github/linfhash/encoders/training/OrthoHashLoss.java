package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.training.BatchLoss.NormalizedColumns;
import io.github.linfhash.encoders.training.ClassTargets.HashCenters;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The loss of OrthoHash: the cross-entropy of softmax over s (cos(x, o_c) - m [c is its class]), where o_c is the code of class c, of 1 and
 * -1. What is learned is the angle to signs alone, so that no term for quantization is needed.
 *
 * <p>Based on Hoe et al., "One Loss for All: Deep Hashing with a Single Cosine Similarity based Learning Objective" (NeurIPS 2021), with the
 * margin as in CosFace; an image of several labels has the margin at each and is to be of each equally, as in the authors' code. Targets
 * ({@link HashCenters}, stream "centres") are orthogonal or opposite where the number of outputs is a power of two, and nearly so else; the
 * authors draw bits for every length. They are no part of the encoder. It leaves out the batch
 * normalization behind the original's last layer, which balances bits: encoders stay as they are. Images without a label are left out.
 */
final class OrthoHashLoss implements BatchLoss {
    /**
     * Options.
     *
     * @param scale s, the inverse temperature
     * @param margin m, what a cosine to the own class is to be larger by
     */
    record Options(
            @Origin(value = Source.RELEASED_CODE, note = "OrthoHash's main.py: 8.") @Range(above = 0)
            double scale,

            @Origin(value = Source.RELEASED_CODE, note = "OrthoHash's main.py: 0.2.") @Range(least = 0, below = 2)
            double margin) {
        static final Options DEFAULTS = new Options(8, 0.2);

        Options {
            Ranges.check(Options.class, scale, margin);
        }
    }

    private final Options options;
    private final ClassTargets targets;
    private final NormalizedColumns directions;
    private final FloatMatrix codes;
    private final FloatMatrix outputs;
    private final FloatMatrix scores;
    private final FloatMatrix product;
    private final float[] logits;

    /**
     * The loss of batches of B images with N outputs each.
     *
     * @param targets the classes of each training image
     * @param random where codes of classes are drawn from
     */
    OrthoHashLoss(Options options, ClassTargets targets, int units, int images, UniformRandomProvider random) {
        this.options = options;
        this.targets = targets;
        this.directions = new NormalizedColumns(units, images);
        this.codes = FloatMatrix.zeros(units, targets.classes());
        this.outputs = FloatMatrix.zeros(units, images);
        this.scores = FloatMatrix.zeros(targets.classes(), images);
        this.product = FloatMatrix.zeros(units, images);
        this.logits = new float[targets.classes() * images];
        codes.copyFrom(scaled(HashCenters.of(targets.classes(), units, random), options.scale() / Math.sqrt(units)));
    }

    /** The codes, N x C, at length s, so that products with directions are s cos(x, o_c). */
    private static float[] scaled(byte[][] centers, double scale) {
        int units = centers[0].length;
        float[] columns = new float[centers.length * units];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = (float) (scale * centers[i / units][i % units]);
        }
        return columns;
    }

    @Override
    public double gradient(float[] x, int[] rows, float[] gradient) {
        outputs.copyFrom(directions.of(x));
        scores.setTransposedProduct(codes, outputs);
        scores.copyTo(logits);
        double loss = targets.crossEntropy(logits, rows, (float) (options.scale() * options.margin()));
        scores.copyFrom(logits);
        product.setProduct(1, codes, scores);
        product.copyTo(gradient);
        directions.backward(gradient);
        return loss;
    }
}
