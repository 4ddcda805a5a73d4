package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.encoders.training.BatchLoss.NormalizedColumns;
import io.github.linfhash.encoders.training.BatchLoss.PairLoss;
import io.github.linfhash.encoders.training.BatchLoss.PairProducts;

/**
 * The loss of DCH over all pairs of a batch: -log p of similar and -log(1 - p) of dissimilar pairs, where p = gamma / (gamma + d) is
 * Cauchy's and d = N (1 - cos(x_i, x_j)) / 2 is what Hamming distance becomes for outputs that are not signs; plus lambda times the mean
 * over images of log(1 + d(|x|, 1) / gamma), their distance from signs. Pairs are weighted by the inverse shares of their kind, so that the
 * weighted mean is the mean over similar pairs plus that over dissimilar ones.
 *
 * <p>Based on Cao, Long, Liu and Wang, "Deep Cauchy Hashing for Hamming Space Retrieval" (CVPR 2018), eqs. (2) and (6) to (9). The kinds of
 * pairs are counted in the batch, and both terms are means. Distances of dissimilar pairs count as {@value #NEAREST} at least, as
 * the loss is infinite at 0. It leaves out the tanh of the original's last layer, for lengths and so scales of outputs do not matter here,
 * and is a loss of 0 for images whose outputs are all 0. A term without pairs is 0.
 */
final class DchLoss implements PairLoss {
    /** The least distance that a dissimilar pair counts as; below it there is no slope. */
    static final double NEAREST = 1e-3;

    /**
     * Options.
     *
     * @param gamma the distance at which a pair is as likely similar as dissimilar
     * @param quantization lambda, the weight of the distance from signs
     */
    record Options(
            @Origin(value = Source.OUR_READING, note = "Cao et al. 2018 tune it; 20 is a common value for 48 bits.")
            @Range(above = 0)
            double gamma,

            @Origin(value = Source.OUR_READING, note = "Cao et al. 2018 tune it; 0.1 is a common value.")
            @Range(least = 0)
            double quantization) {
        static final Options DEFAULTS = new Options(20, 0.1);

        Options {
            Ranges.check(Options.class, gamma, quantization);
        }
    }

    private final Options options;
    private final int units;
    private final int images;
    private final PairProducts products;
    private final NormalizedColumns directions;

    /** The loss of batches of B images with N outputs each. */
    DchLoss(Options options, int units, int images) {
        this.options = options;
        this.units = units;
        this.images = images;
        this.products = new PairProducts(units, images);
        this.directions = new NormalizedColumns(units, images);
    }

    @Override
    public double gradient(float[] x, BatchPairs pairs, float[] gradient) {
        float[] u = directions.of(x);
        float[] values = products.of(u);
        double gamma = options.gamma();
        double loss = 0;
        for (int at = 0; at < values.length; at++) {
            float similar = pairs.similarWeight(at);
            float dissimilar = pairs.dissimilarWeight(at);
            double measured = units * (1.0 - values[at]) / 2;
            double d = Math.max(NEAREST, measured);
            double near = Math.max(0, measured);
            loss += similar * Math.log1p(near / gamma) + dissimilar * Math.log1p(gamma / d);
            double pull = similar / (gamma + near);
            double push = measured > NEAREST ? dissimilar * gamma / (d * (gamma + d)) : 0;
            values[at] = (float) (-units * (pull - push) / 2);
        }
        products.weigh(gradient);
        double quantization = addQuantization(u, gradient);
        directions.backward(gradient);
        // Each pair was met from both of its ends.
        return loss / 2 + quantization;
    }

    /** Adds the gradient of the distance from signs with respect to the directions, cos(|u|, 1) being |u|_1 / sqrt(N). */
    private double addQuantization(float[] u, float[] gradient) {
        double weight = options.quantization() / images;
        double root = Math.sqrt(units);
        double sum = 0;
        for (int i = 0; i < images; i++) {
            double absolute = 0;
            for (int k = i * units; k < (i + 1) * units; k++) {
                absolute += Math.abs(u[k]);
            }
            if (absolute == 0) {
                continue;
            }
            double d = units * Math.max(0, 1 - absolute / root) / 2;
            sum += Math.log1p(d / options.gamma());
            float slope = (float) (-weight * root / 2 / (options.gamma() + d));
            for (int k = i * units; k < (i + 1) * units; k++) {
                gradient[k] += slope * Math.signum(u[k]);
            }
        }
        return weight * sum;
    }
}
