package io.github.linfhash.encoders.training;

import java.util.Arrays;

/**
 * Eq. (12), with the sign corrected or as printed, over all B (B - 1) / 2 pairs of a batch: the mean over its similar
 * pairs times their share, plus the mean over its dissimilar pairs times the rest. A term without pairs is 0, and the other
 * one keeps its weight.
 *
 * <p>Squared distances are |x_i|^2 + |x_j|^2 - 2 x_i . x_j, from one product of the outputs with themselves. Where c_ij is
 * what a pair's slope weighs, the gradient of output i is the sum of c_ij (x_i - x_j) over j ({@link
 * PairProducts}). Nothing is listed pair by pair, and the loops below have no branch.
 */
final class InBatchLoss implements PairLoss {
    /** Distances of dissimilar pairs count as this at least in the direction of their gradient, which is 0 / 0 at 0. */
    private static final float NEAREST = 1e-3f;

    private final ContrastiveLoss pairLoss;
    private final double similarShare;
    private final int images;
    private final PairProducts products;
    private final float[] norms;
    private final float[] degrees;
    private final float[] losses;

    /**
     * Buffers for batches of one size.
     *
     * @param pairLoss margin, sign, and the weight of the l1 penalty
     * @param similarShare the weight of the mean over similar pairs
     * @param units N
     * @param images B
     */
    InBatchLoss(ContrastiveLoss pairLoss, double similarShare, int units, int images) {
        this.pairLoss = pairLoss;
        this.similarShare = similarShare;
        this.images = images;
        this.products = new PairProducts(units, images);
        this.norms = new float[images];
        this.degrees = new float[images];
        this.losses = new float[images];
    }

    @Override
    public double gradient(float[] x, BatchPairs pairs, float[] gradient) {
        float[] values = products.of(x);
        for (int i = 0; i < images; i++) {
            norms[i] = values[i * images + i];
        }
        Arrays.fill(degrees, 0);
        Arrays.fill(losses, 0);
        float similarWeight = weight(similarShare, pairs.similarPairs());
        float dissimilarWeight = (float) pairLoss.sign().factor() * weight(1 - similarShare, pairs.dissimilarPairs());
        for (int i = 0; i < images; i++) {
            slopes(values, i, pairs.similar(), pairs.dissimilar(), similarWeight, dissimilarWeight);
        }
        products.weighDifferences(degrees, gradient);
        double loss = 0;
        for (float part : losses) {
            loss += part;
        }
        // Each pair was met from both of its ends.
        return loss / 2 + SparsityPenalty.add(pairLoss.sparsity(), images, x, gradient);
    }

    private static float weight(double share, long pairs) {
        return pairs == 0 ? 0 : (float) (share / pairs);
    }

    /** Replaces row i of the products by -c_ij, and adds c_ij to the degrees, and the losses of the pairs to the losses. */
    private void slopes(
            float[] values, int i, float[] similar, float[] dissimilar, float similarWeight, float dissimilarWeight) {
        float norm = norms[i];
        float margin = (float) pairLoss.margin();
        int from = i * images;
        for (int j = 0; j < images; j++) {
            float squared = Math.max(0f, norm + norms[j] - 2 * values[from + j]);
            float distance = (float) Math.sqrt(squared);
            float shortfall = Math.max(0f, margin - distance);
            float pull = similarWeight * similar[from + j];
            float push = dissimilarWeight * dissimilar[from + j];
            float slope = pull - push * shortfall / Math.max(NEAREST, distance);
            values[from + j] = -slope;
            degrees[j] += slope;
            losses[j] += 0.5f * (pull * squared + push * shortfall * shortfall);
        }
    }
}
