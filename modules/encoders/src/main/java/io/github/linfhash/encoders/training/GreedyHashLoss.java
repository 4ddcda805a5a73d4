package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The loss of Greedy Hash: the cross-entropy of a linear classifier of the codes b = sgn(x), whose gradient with respect to b is taken as that
 * with respect to x, plus alpha times the mean of |x - b|^3 over images and outputs.
 *
 * <p>Based on Su, Zhang, Han and Tian, "Greedy Hash: Towards Fast Optimization for Accurate Hash Coding in CNN" (NeurIPS 2018), algorithm 1
 * and p = 3. The classifier, C x N weights without a bias, is the loss's own: it starts at random (Glorot), moves with the network by the same
 * optimizer and its later decay, and is thrown away. sgn(0) is -1, as in codes. It leaves out the form for images without classes, and takes
 * one class of each image, as the original.
 */
final class GreedyHashLoss implements BatchLoss {
    /**
     * Options.
     *
     * @param penalty alpha, the weight of the mean cube of the distance from signs
     */
    record Options(
            @Origin(value = Source.PAPER, note = "Su et al. 2018, for CIFAR-10: 0.1 / (N K) times the sum.")
            @Range(least = 0)
            double penalty) {
        static final Options DEFAULTS = new Options(0.1);

        Options {
            Ranges.check(Options.class, penalty);
        }
    }

    private final Options options;
    private final ClassTargets targets;
    private final Weights head;
    private final FloatMatrix codes;
    private final FloatMatrix scores;
    private final FloatMatrix product;
    private final float[] b;
    private final float[] logits;

    /**
     * The loss of batches of B images with N outputs each.
     *
     * @param targets one class of each training image
     * @param random where the classifier starts
     */
    GreedyHashLoss(Options options, ClassTargets targets, int units, int images, UniformRandomProvider random) {
        this.options = options;
        this.targets = targets;
        this.head = Weights.glorot("loss.head", targets.classes(), units, random);
        this.codes = FloatMatrix.zeros(units, images);
        this.scores = FloatMatrix.zeros(targets.classes(), images);
        this.product = FloatMatrix.zeros(units, images);
        this.b = new float[units * images];
        this.logits = new float[targets.classes() * images];
    }

    @Override
    public double gradient(float[] x, int[] rows, float[] gradient) {
        for (int i = 0; i < x.length; i++) {
            b[i] = x[i] > 0 ? 1 : -1;
        }
        codes.copyFrom(b);
        head.apply(1, codes, scores);
        scores.copyTo(logits);
        double loss = targets.crossEntropy(logits, rows, 0);
        scores.copyFrom(logits);
        head.applyTransposed(scores, product);
        product.copyTo(gradient);
        return loss + addPenalty(x, gradient);
    }

    private double addPenalty(float[] x, float[] gradient) {
        float weight = (float) (options.penalty() / x.length);
        double cubes = 0;
        for (int i = 0; i < x.length; i++) {
            float apart = x[i] - b[i];
            float square = apart * Math.abs(apart);
            gradient[i] += 3 * weight * square;
            cubes += square * apart;
        }
        return weight * cubes;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(head);
    }

    @Override
    public void step(Optimizer optimizer) {
        optimizer.weights(head, false, 1, scores, codes);
    }
}
