package io.github.linfhash.protocols.features;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Centre;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Norm;
import java.util.stream.IntStream;

/**
 * Centres and scales feature vectors in the same way for training images, queries and database; what it subtracts is
 * learned from the labelled training images alone.
 */
public final class Preprocessor {
    private final double[] mean;
    private final Norm norm;

    private Preprocessor(double[] mean, Norm norm) {
        this.mean = mean;
        this.norm = norm;
    }

    /**
     * Learns the mean.
     *
     * @param training raw features of the labelled training images, l x d, l at least 1
     */
    public static Preprocessor fit(Preprocessing rule, FeatureMatrix training) {
        double[] mean = new double[training.dimension()];
        if (rule.centre() == Centre.TRAINING_MEAN) {
            float[] row = new float[mean.length];
            for (int i = 0; i < training.rows(); i++) {
                training.copyRow(i, row);
                for (int j = 0; j < row.length; j++) {
                    mean[j] += row[j];
                }
            }
            for (int j = 0; j < mean.length; j++) {
                mean[j] /= training.rows();
            }
        }
        return new Preprocessor(mean, rule.normalise());
    }

    /**
     * The preprocessed vectors.
     *
     * @param raw n x d
     * @throws IllegalArgumentException if d differs from that of the training images
     */
    public FeatureMatrix apply(FeatureMatrix raw) {
        int d = mean.length;
        if (raw.dimension() != d) {
            throw new IllegalArgumentException(
                    "features of dimension " + raw.dimension() + " cannot be centred by a mean of dimension " + d);
        }
        float[] values = raw.toArray();
        IntStream.range(0, raw.rows()).parallel().forEach(i -> applyToRow(values, i * d));
        return FeatureMatrix.owning(raw.rows(), d, values);
    }

    private void applyToRow(float[] values, int offset) {
        double squares = 0;
        for (int j = 0; j < mean.length; j++) {
            double centred = values[offset + j] - mean[j];
            values[offset + j] = (float) centred;
            squares += centred * centred;
        }
        if (norm == Norm.L2 && squares > 0) {
            float scale = (float) (1 / Math.sqrt(squares));
            for (int j = 0; j < mean.length; j++) {
                values[offset + j] *= scale;
            }
        }
    }
}
