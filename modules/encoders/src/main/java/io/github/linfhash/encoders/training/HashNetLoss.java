package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.encoders.training.BatchLoss.PairLoss;
import io.github.linfhash.encoders.training.BatchLoss.PairProducts;

/**
 * The loss of HashNet over all pairs of a batch: log(1 + exp(a h_i . h_j)) - a s_ij h_i . h_j, s_ij being 1 for similar and 0 for
 * dissimilar pairs, h = tanh(beta x), and beta growing in stages. Pairs are weighted by S / S_1 and S / S_0, the inverse shares of their
 * kind, so that the weighted mean is the mean over similar pairs plus that over dissimilar ones.
 *
 * <p>Based on Cao, Long, Wang and Yu, "HashNet: Deep Learning to Hash by Continuation" (ICCV 2017), eqs. (4) and (5) and algorithm 1. The
 * kinds of pairs are counted in the batch, as in implementations. A stage lasts a number of epochs, not until it converges; beta is 1 in
 * the first and {@code lastBeta} in the last of them, and its square grows by equal steps between, as by the square root of the steps in
 * the authors' code. It leaves out the weight by how many labels a similar pair shares. A term without pairs is 0.
 */
final class HashNetLoss implements PairLoss {
    /**
     * Options.
     *
     * @param sharpness a N: a is this divided by the number of outputs
     * @param stages the number of different beta, each for equally many epochs; where there are fewer epochs, one each
     * @param lastBeta beta of the last stage, at least 1; of the only one where there is one
     */
    record Options(
            @Origin(value = Source.RELEASED_CODE, note = "HashNet's scripts: 10 divided by the number of bits.")
            @Range(above = 0)
            double sharpness,

            @Origin(
                    value = Source.OUR_READING,
                    note = "The paper has an increasing sequence of beta. Here, it has ten values.")
            @Range(least = 1, most = 1000)
            int stages,

            @Origin(value = Source.OUR_READING, note = "About sqrt(1 + 0.005 t) at step t = 10,000.") @Range(least = 1)
            double lastBeta) {
        static final Options DEFAULTS = new Options(10, 10, 7);

        Options {
            Ranges.check(Options.class, sharpness, stages, lastBeta);
        }

        /** beta of an epoch, counted from 1, of so many. */
        double beta(int epoch, int epochs) {
            int last = Math.min(stages, epochs) - 1;
            if (last < 1) {
                return lastBeta;
            }
            long stage = (long) (epoch - 1) * (last + 1) / epochs;
            return Math.sqrt(1 + (lastBeta * lastBeta - 1) * stage / last);
        }
    }

    private final Options options;
    private final int epochs;
    private final float sharpness;
    private final PairProducts products;
    private final float[] h;
    private float beta;

    /** The loss of batches of B images with N outputs each, in so many epochs. */
    HashNetLoss(Options options, int epochs, int units, int images) {
        this.options = options;
        this.epochs = epochs;
        this.sharpness = (float) (options.sharpness() / units);
        this.products = new PairProducts(units, images);
        this.h = new float[units * images];
        this.beta = 1;
    }

    @Override
    public void beginEpoch(int epoch) {
        beta = (float) options.beta(epoch, epochs);
    }

    @Override
    public double gradient(float[] x, BatchPairs pairs, float[] gradient) {
        for (int i = 0; i < x.length; i++) {
            h[i] = (float) Math.tanh(beta * x[i]);
        }
        float[] values = products.of(h);
        double loss = 0;
        for (int at = 0; at < values.length; at++) {
            float similar = pairs.similarWeight(at);
            float dissimilar = pairs.dissimilarWeight(at);
            double z = sharpness * values[at];
            // Of exp(-|z|) alone, so that nothing overflows.
            double small = Math.exp(-Math.abs(z));
            double softplus = Math.log1p(small) + Math.max(z, 0);
            double sigmoid = (z > 0 ? 1 : small) / (1 + small);
            loss += similar * (softplus - z) + dissimilar * softplus;
            values[at] = (float) (sharpness * (similar * (sigmoid - 1) + dissimilar * sigmoid));
        }
        products.weigh(gradient);
        for (int i = 0; i < x.length; i++) {
            gradient[i] *= beta * (1 - h[i] * h[i]);
        }
        // Each pair was met from both of its ends.
        return loss / 2;
    }
}
