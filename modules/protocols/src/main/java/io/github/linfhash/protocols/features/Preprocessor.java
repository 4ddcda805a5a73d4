package io.github.linfhash.protocols.features;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Centre;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Norm;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Centres and scales feature vectors in the same way for training images, queries and database; what it subtracts is
 * learned from the labelled training images alone.
 */
public final class Preprocessor {
    /** The kind of its state. */
    public static final String KIND = "centre-and-scale";

    /** The word for scaling to Euclidean length 1 in a state. */
    public static final String L2 = "l2";

    private static final String NONE = "none";

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
        return fit(rule, training, IntStream.range(0, training.rows()).toArray());
    }

    /**
     * Learns the mean from some rows.
     *
     * @param raw raw features of all images, n x d
     * @param training the rows of the labelled training images, at least 1
     */
    public static Preprocessor fit(Preprocessing rule, FeatureMatrix raw, int[] training) {
        double[] mean = new double[raw.dimension()];
        if (rule.centre() == Centre.TRAINING_MEAN) {
            float[] row = new float[mean.length];
            for (int i : training) {
                raw.copyRow(i, row);
                for (int j = 0; j < row.length; j++) {
                    mean[j] += row[j];
                }
            }
            for (int j = 0; j < mean.length; j++) {
                mean[j] /= training.length;
            }
        }
        return new Preprocessor(mean, rule.normalise());
    }

    /** The preprocessor of a state. */
    public static Preprocessor restore(ModelState state) {
        StateReader in = StateReader.of(state, KIND);
        String norm = in.word("normalise", List.of(NONE, L2));
        double[] mean = in.doubles("mean", in.inputs());
        in.end();
        if (in.outputs() != mean.length) {
            throw new InputException(
                    KIND + ": expected " + mean.length + " outputs, as many as inputs, found " + in.outputs());
        }
        return new Preprocessor(mean, norm.equals(L2) ? Norm.L2 : Norm.NONE);
    }

    /** All that {@link #restore} needs: the mean, which is zero where nothing is subtracted, and the norm. */
    public ModelState state() {
        return new ModelState(KIND, mean.length, mean.length)
                .with("normalise", norm == Norm.L2 ? L2 : NONE)
                .with("mean", ModelArray.doubles(mean, mean.length));
    }

    /** The dimension d of the vectors. */
    public int dimension() {
        return mean.length;
    }

    /**
     * The preprocessed vectors.
     *
     * @param raw n x d
     * @throws IllegalArgumentException if d differs from that of the training images
     */
    public FeatureMatrix apply(FeatureMatrix raw) {
        return apply(raw, IntStream.range(0, raw.rows()).toArray());
    }

    /**
     * The preprocessed vectors of some rows, in the order of the indices. Nothing but the result is allocated.
     *
     * @param raw n x d
     * @throws IllegalArgumentException if d differs from that of the training images
     */
    public FeatureMatrix apply(FeatureMatrix raw, int[] rows) {
        int d = mean.length;
        if (raw.dimension() != d) {
            throw new IllegalArgumentException(
                    "features of dimension " + raw.dimension() + " cannot be centred by a mean of dimension " + d);
        }
        float[] values = new float[Math.multiplyExact(rows.length, d)];
        IntStream.range(0, rows.length).parallel().forEach(i -> {
            raw.copyRows(rows[i], 1, values, i * d);
            applyToRow(values, i * d);
        });
        return FeatureMatrix.owning(rows.length, d, values);
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
