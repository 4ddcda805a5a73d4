package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Parameter;
import java.util.List;

/**
 * A loss of the outputs of a batch of images. It knows what it has to know of the training images, such as which are similar;
 * what it learns itself is no part of the encoder.
 */
interface BatchLoss {
    /**
     * The loss of a batch and its gradient.
     *
     * @param x outputs, N x B, column-major; left as they are
     * @param rows the training images of the batch
     * @param gradient of the loss with respect to the outputs, N x B; overwritten
     * @return the loss
     */
    double gradient(float[] x, int[] rows, float[] gradient);

    /** Returns the parameters that the loss itself learns, beside those of the encoder. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** Hands the gradients of {@link #parameters}, those of the last batch, to the optimizer, which moves them with the network's. */
    default void step(Optimizer optimizer) {}

    /** Says that the steps of an epoch follow, for losses that change with the epochs; epochs count from 1. */
    default void beginEpoch(int epoch) {}

    /** A loss of all pairs of a batch, by which of them are similar. */
    interface PairLoss {
        /**
         * The loss of a batch and its gradient.
         *
         * @param x outputs, N x B, column-major; left as they are
         * @param pairs which pairs are similar and which dissimilar
         * @param gradient N x B; overwritten
         * @return the loss
         */
        double gradient(float[] x, BatchPairs pairs, float[] gradient);

        /** Says that the steps of an epoch follow; epochs count from 1. */
        default void beginEpoch(int epoch) {}

        /** This loss of batches whose pairs are looked up. */
        default BatchLoss over(BatchPairs pairs) {
            PairLoss loss = this;
            return new BatchLoss() {
                @Override
                public double gradient(float[] x, int[] rows, float[] gradient) {
                    pairs.look(rows);
                    return loss.gradient(x, pairs, gradient);
                }

                @Override
                public void beginEpoch(int epoch) {
                    loss.beginEpoch(epoch);
                }
            };
        }
    }

    /**
     * A loss with the penalty |x|_1 + |x'|_1 of a pair, whose mean over all pairs of a batch is 2 / B times the sum over its images.
     *
     * @param loss without it
     * @param weight of the penalty
     */
    record SparsityPenalty(BatchLoss loss, double weight) implements BatchLoss {
        @Override
        public double gradient(float[] x, int[] rows, float[] gradient) {
            return loss.gradient(x, rows, gradient) + add(weight, rows.length, x, gradient);
        }

        /** Adds the gradient of the penalty for B images, and gives its value. */
        static double add(double weight, int images, float[] x, float[] gradient) {
            if (weight == 0) {
                return 0;
            }
            float factor = (float) (2 * weight / images);
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                gradient[i] += factor * Math.signum(x[i]);
                sum += Math.abs(x[i]);
            }
            return factor * sum;
        }

        @Override
        public List<Parameter> parameters() {
            return loss.parameters();
        }

        @Override
        public void step(Optimizer optimizer) {
            loss.step(optimizer);
        }

        @Override
        public void beginEpoch(int epoch) {
            loss.beginEpoch(epoch);
        }
    }

    /**
     * The products of the vectors of a batch with each other, and sums of the vectors by B x B weights: all pairs in two matrix products. Where
     * c_ij is the slope of a pair's loss with respect to the product of its vectors, the gradient of vector i is the sum of c_ij v_j over j,
     * the vectors times c; where it is that of half the squared distance, the sum of c_ij (v_i - v_j), the vectors times the Laplacian of c.
     */
    final class PairProducts {
        private final int vectors;
        private final FloatMatrix matrix;
        private final FloatMatrix square;
        private final FloatMatrix sums;
        private final float[] values;

        /** Buffers for batches of one size: B vectors of N values. */
        PairProducts(int units, int vectors) {
            this.vectors = vectors;
            this.matrix = FloatMatrix.zeros(units, vectors);
            this.square = FloatMatrix.zeros(vectors, vectors);
            this.sums = FloatMatrix.zeros(units, vectors);
            this.values = new float[vectors * vectors];
        }

        /**
         * Takes vectors.
         *
         * @param columns N x B, column-major
         * @return their products, B x B; a buffer, to be replaced by weights
         */
        float[] of(float[] columns) {
            matrix.copyFrom(columns);
            square.setTransposedProduct(matrix, matrix);
            square.copyTo(values);
            return values;
        }

        /** Sets {@code target}, N x B, to the vectors times the weights that the buffer now has. */
        void weigh(float[] target) {
            square.copyFrom(values);
            sums.setProduct(1, matrix, square);
            sums.copyTo(target);
        }

        /**
         * Sets {@code target}, N x B, to the vectors times a Laplacian: the weights of the buffer, with degrees added to their diagonal.
         *
         * @param degrees what is added to the diagonal of the weights, which are -c off it
         */
        void weighDifferences(float[] degrees, float[] target) {
            for (int i = 0; i < vectors; i++) {
                values[i * vectors + i] += degrees[i];
            }
            weigh(target);
        }
    }

    /** The outputs of a batch at length 1, u = x / |x|, and gradients with respect to u as gradients with respect to x. */
    final class NormalizedColumns {
        /** Shorter vectors count as 0, which has neither a direction nor a gradient. */
        private static final float TINY = 1e-12f;

        private final int units;
        private final float[] columns;
        private final float[] lengths;

        /** Buffers for B vectors of N values. */
        NormalizedColumns(int units, int vectors) {
            this.units = units;
            this.columns = new float[units * vectors];
            this.lengths = new float[vectors];
        }

        /** The vectors at length 1, N x B, in a buffer. */
        float[] of(float[] x) {
            for (int i = 0; i < lengths.length; i++) {
                double squares = 0;
                for (int k = i * units; k < (i + 1) * units; k++) {
                    squares += (double) x[k] * x[k];
                }
                lengths[i] = (float) Math.sqrt(squares);
                float scale = lengths[i] < TINY ? 0 : 1 / lengths[i];
                for (int k = i * units; k < (i + 1) * units; k++) {
                    columns[k] = scale * x[k];
                }
            }
            return columns;
        }

        /** Makes a gradient with respect to u one with respect to x: (g - (g . u) u) / |x|. */
        void backward(float[] gradient) {
            for (int i = 0; i < lengths.length; i++) {
                double along = 0;
                for (int k = i * units; k < (i + 1) * units; k++) {
                    along += (double) gradient[k] * columns[k];
                }
                float scale = lengths[i] < TINY ? 0 : 1 / lengths[i];
                for (int k = i * units; k < (i + 1) * units; k++) {
                    gradient[k] = scale * (gradient[k] - (float) along * columns[k]);
                }
            }
        }
    }
}
