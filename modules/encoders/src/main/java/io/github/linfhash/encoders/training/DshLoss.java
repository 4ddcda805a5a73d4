package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.encoders.training.BatchLoss.PairLoss;
import io.github.linfhash.encoders.training.BatchLoss.PairProducts;
import java.util.Arrays;

/**
 * The loss of DSH over all pairs of a batch: the mean of d / 2 over similar and max(m - d, 0) / 2 over dissimilar pairs, d the squared
 * Euclidean distance of their outputs, plus the penalty alpha ||b| - 1|_1 of both ends.
 *
 * <p>Based on Liu, Wang, Shan and Chen, "Deep Supervised Hashing for Fast Image Retrieval" (CVPR 2016), eqs. (2) and (4), with m = 2 N.
 * Unlike eq. (12) of the l-infinity paper it has the margin for the squared distance, so that a dissimilar pair is pushed the harder the
 * farther it is apart already, and weighs all pairs alike. It takes means where the original has sums, and leaves out what the original
 * says of drawing pairs: they are those of the batch.
 */
final class DshLoss implements PairLoss {
    /**
     * Options.
     *
     * @param marginPerBit m / N: dissimilar codes are to differ in a quarter as many bits at least
     * @param penalty alpha, the weight of the distance of outputs from 1 and -1
     */
    record Options(
            @Origin(value = Source.PAPER, note = "Liu et al. 2016: m = 2k, which is half of the k bits.")
            @Range(above = 0)
            double marginPerBit,

            @Origin(value = Source.PAPER, note = "Liu et al. 2016: 0.01.") @Range(least = 0)
            double penalty) {
        static final Options DEFAULTS = new Options(2, 0.01);

        Options {
            Ranges.check(Options.class, marginPerBit, penalty);
        }
    }

    private final Options options;
    private final int units;
    private final int images;
    private final PairProducts products;
    private final float[] norms;
    private final float[] degrees;

    /** The loss of batches of B images with N outputs each. */
    DshLoss(Options options, int units, int images) {
        this.options = options;
        this.units = units;
        this.images = images;
        this.products = new PairProducts(units, images);
        this.norms = new float[images];
        this.degrees = new float[images];
    }

    @Override
    public double gradient(float[] x, BatchPairs pairs, float[] gradient) {
        float[] values = products.of(x);
        for (int i = 0; i < images; i++) {
            norms[i] = values[i * images + i];
        }
        Arrays.fill(degrees, 0);
        long count = Math.max(1, pairs.similarPairs() + pairs.dissimilarPairs());
        double loss = 0;
        for (int i = 0; i < images; i++) {
            loss += slopes(values, i, pairs, (float) (1.0 / count));
        }
        products.weighDifferences(degrees, gradient);
        // Each pair was met from both of its ends.
        return loss / 2 + addPenalty(x, gradient);
    }

    /** Replaces row i of the products by -c_ij, adds c_ij to the degrees, and gives the losses of the row's pairs. */
    private double slopes(float[] values, int i, BatchPairs pairs, float weight) {
        float margin = (float) (options.marginPerBit() * units);
        float sum = 0;
        for (int j = 0; j < images; j++) {
            int at = i * images + j;
            float squared = Math.max(0f, norms[i] + norms[j] - 2 * values[at]);
            float pull = weight * pairs.similar()[at];
            float push = squared < margin ? weight * pairs.dissimilar()[at] : 0;
            values[at] = push - pull;
            degrees[j] += pull - push;
            sum += 0.5f * (pull * squared + push * (margin - squared));
        }
        return sum;
    }

    /** The mean over all pairs of what both ends have is 2 / B times the sum over the images. */
    private double addPenalty(float[] x, float[] gradient) {
        float factor = (float) (2 * options.penalty() / images);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            float beyond = Math.abs(x[i]) - 1;
            gradient[i] += factor * Math.signum(beyond) * Math.signum(x[i]);
            sum += Math.abs(beyond);
        }
        return factor * sum;
    }
}
