package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.training.BatchLoss.PairLoss;
import io.github.linfhash.encoders.training.BatchLoss.PairProducts;
import io.github.linfhash.encoders.training.BatchLoss.SparsityPenalty;
import io.github.linfhash.encoders.training.TrainingOptions.LossSign;
import java.util.Arrays;

/**
 * The pairwise loss of eq. (12): half the squared distance of a similar pair, half the squared shortfall max(0, m -
 * distance) of a dissimilar one, as a mean over the pairs.
 *
 * @param margin m, above 0
 * @param sign of the dissimilar term
 * @param sparsity the weight of |x|_1 + |x'|_1, added for every pair; Masci et al. (2013) use it with LISTA encoders
 */
record ContrastiveLoss(double margin, LossSign sign, double sparsity) {
    private static final double TINY = 1e-12;

    /**
     * The loss of a batch and its gradient.
     *
     * @param x outputs, N x 2P column-major: column p and column P + p are the ends of pair p
     * @param similar for each of the P pairs
     * @param gradient N x 2P; overwritten
     * @return the mean loss over the P pairs
     */
    double gradient(float[] x, boolean[] similar, float[] gradient) {
        int pairs = similar.length;
        int half = x.length / 2;
        int units = half / pairs;
        double sum = 0;
        for (int p = 0; p < pairs; p++) {
            double squared = squaredDistance(x, p * units, half, units);
            float factor = (float) (slope(squared, similar[p]) / pairs);
            for (int i = p * units; i < (p + 1) * units; i++) {
                float pull = factor * (x[i] - x[half + i]);
                gradient[i] = pull;
                gradient[half + i] = -pull;
            }
            sum += value(squared, similar[p]);
        }
        return sum / pairs + addSparsity(x, pairs, gradient);
    }

    /** Adds the penalty's gradient, and gives its value. */
    private double addSparsity(float[] x, int pairs, float[] gradient) {
        if (sparsity == 0) {
            return 0;
        }
        float factor = (float) (sparsity / pairs);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            gradient[i] += factor * Math.signum(x[i]);
            sum += Math.abs(x[i]);
        }
        return sparsity * sum / pairs;
    }

    /** The mean loss of a batch without the penalty; the arguments are those of {@link #gradient}. */
    double value(float[] x, boolean[] similar) {
        int half = x.length / 2;
        int units = half / similar.length;
        double sum = 0;
        for (int p = 0; p < similar.length; p++) {
            sum += value(squaredDistance(x, p * units, half, units), similar[p]);
        }
        return sum / similar.length;
    }

    private double value(double squared, boolean similar) {
        if (similar) {
            return squared / 2;
        }
        double shortfall = Math.max(0, margin - Math.sqrt(squared));
        return sign.factor() * shortfall * shortfall / 2;
    }

    /** The factor of x - x' in the gradient with respect to x. */
    private double slope(double squared, boolean similar) {
        if (similar) {
            return 1;
        }
        double distance = Math.sqrt(squared);
        return distance < margin ? -sign.factor() * (margin - distance) / Math.max(distance, TINY) : 0;
    }

    private static double squaredDistance(float[] x, int from, int half, int units) {
        double even = 0;
        double odd = 0;
        int i = from;
        for (; i + 1 < from + units; i += 2) {
            double d = x[i] - x[half + i];
            double e = x[i + 1] - x[half + i + 1];
            even += d * d;
            odd += e * e;
        }
        if (i < from + units) {
            double d = x[i] - x[half + i];
            even += d * d;
        }
        return even + odd;
    }

    /**
     * Eq. (12), with the sign corrected or as published, over all B (B - 1) / 2 pairs of a batch: the mean over its similar
     * pairs times their share, plus the mean over its dissimilar pairs times the rest. A term without pairs is 0, and the other
     * one keeps its weight.
     *
     * <p>Squared distances are |x_i|^2 + |x_j|^2 - 2 x_i . x_j, from one product of the outputs with themselves. Where c_ij is
     * what a pair's slope weighs, the gradient of output i is the sum of c_ij (x_i - x_j) over j ({@link
     * PairProducts}). Nothing is listed pair by pair, and the loops below have no branch and little
     * in each, or the compiler would not vectorize them.
     */
    static final class InBatchLoss implements PairLoss {
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
            float dissimilarWeight =
                    (float) pairLoss.sign().factor() * weight(1 - similarShare, pairs.dissimilarPairs());
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
                values[i] =
                        dissimilarWeight * dissimilar[i] * shortfalls[i] / distances[i] - similarWeight * similar[i];
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
}
