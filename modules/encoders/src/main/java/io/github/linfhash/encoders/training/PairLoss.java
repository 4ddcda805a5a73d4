package io.github.linfhash.encoders.training;

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
