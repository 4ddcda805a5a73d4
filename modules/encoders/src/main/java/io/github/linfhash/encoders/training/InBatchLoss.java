package io.github.linfhash.encoders.training;

import java.util.Arrays;

/**
 * Eq. (12), with the sign corrected or as printed, over all B (B - 1) / 2 pairs of a batch: the mean over its similar
 * pairs times their share, plus the mean over its dissimilar pairs times the rest. A term without pairs is 0, and the other
 * one keeps its weight.
 *
 * <p>Squared distances are |x_i|^2 + |x_j|^2 - 2 x_i . x_j, from one product of the outputs with themselves. Where c_ij is
 * what a pair's slope weighs, the gradient of output i is the sum of c_ij (x_i - x_j) over j ({@link
 * PairProducts}). Nothing is listed pair by pair, and the loops below have no branch and little
 * in each, or the compiler would not vectorize them.
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
    private final float[] squares;
    private final float[] distances;
    private final float[] shortfalls;

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
        this.squares = new float[images * images];
        this.distances = new float[images * images];
        this.shortfalls = new float[images * images];
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
        slopes(values, pairs, similarWeight, dissimilarWeight);
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

    /** Replaces the products by -c_ij, and sums c_ij and the losses of the pairs over i. */
    private void slopes(float[] values, BatchPairs pairs, float similarWeight, float dissimilarWeight) {
        for (int i = 0; i < images; i++) {
            float norm = norms[i];
            int from = i * images;
            for (int j = 0; j < images; j++) {
                squares[from + j] = norm + norms[j] - 2 * values[from + j];
            }
        }
        clampAtZero(squares);
        roots(squares, distances);
        shortfalls((float) pairLoss.margin(), distances, shortfalls);
        weighSlopes(values, pairs.similar(), similarWeight, pairs.dissimilar(), dissimilarWeight);
        addRows(values, degrees);
        for (int j = 0; j < images; j++) {
            degrees[j] = -degrees[j];
        }
        weighLosses(pairs.similar(), similarWeight, pairs.dissimilar(), dissimilarWeight);
        addRows(squares, losses);
    }

    private static void clampAtZero(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0f, values[i]);
        }
    }

    private static void roots(float[] squares, float[] roots) {
        for (int i = 0; i < squares.length; i++) {
            roots[i] = (float) Math.sqrt(squares[i]);
        }
    }

    private static void shortfalls(float margin, float[] distances, float[] shortfalls) {
        for (int i = 0; i < distances.length; i++) {
            shortfalls[i] = Math.max(0f, margin - distances[i]);
        }
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.max(NEAREST, distances[i]);
        }
    }

    private void weighSlopes(
            float[] values, float[] similar, float similarWeight, float[] dissimilar, float dissimilarWeight) {
        for (int i = 0; i < values.length; i++) {
            values[i] = dissimilarWeight * dissimilar[i] * shortfalls[i] / distances[i] - similarWeight * similar[i];
        }
    }

    private void weighLosses(float[] similar, float similarWeight, float[] dissimilar, float dissimilarWeight) {
        for (int i = 0; i < squares.length; i++) {
            squares[i] = 0.5f
                    * (similarWeight * similar[i] * squares[i]
                            + dissimilarWeight * dissimilar[i] * shortfalls[i] * shortfalls[i]);
        }
    }

    private void addRows(float[] square, float[] sums) {
        for (int i = 0; i < images; i++) {
            int from = i * images;
            for (int j = 0; j < images; j++) {
                sums[j] += square[from + j];
            }
        }
    }
}
