package io.github.linfhash.protocols.protocol;

import io.github.linfhash.codes.CenterAndScale;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Center;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Norm;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing.Rows;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Centers and scales feature vectors in the same way for training images, queries and database; what it subtracts is
 * learned from the labeled training images alone.
 */
public final class Preprocessor {
    private final Preprocessing rule;
    /** The kind of its state. */
    public static final String KIND = "centre-and-scale";

    /** The word for scaling to Euclidean length 1 in a state. */
    public static final String L2 = "l2";

    /** The word for square roots of shares of each row's sum in a state. */
    public static final String HELLINGER = "hellinger";

    private static final String NONE = "none";

    private final double[] mean;

    private Preprocessor(Preprocessing rule, double[] mean) {
        this.rule = rule;
        this.mean = mean;
    }

    /**
     * Learns the mean.
     *
     * @param training raw features of the labeled training images, l x d, l at least 1
     */
    public static Preprocessor fit(Preprocessing rule, FeatureMatrix training) {
        return fit(rule, training, IntStream.range(0, training.rows()).toArray());
    }

    /**
     * Learns the mean from some rows.
     *
     * @param raw raw features of all images, n x d
     * @param training the rows of the labeled training images, at least 1
     */
    public static Preprocessor fit(Preprocessing rule, FeatureMatrix raw, int[] training) {
        double[] mean = new double[raw.dimension()];
        if (rule.center() == Center.TRAINING_MEAN) {
            float[] row = new float[mean.length];
            for (int i : training) {
                copyRow(rule, raw, i, row, 0);
                for (int j = 0; j < row.length; j++) {
                    mean[j] += row[j];
                }
            }
            for (int j = 0; j < mean.length; j++) {
                mean[j] /= training.length;
            }
        }
        return new Preprocessor(rule, mean);
    }

    /** The preprocessor of a state. */
    public static Preprocessor restore(ModelState state) {
        StateReader in = StateReader.of(state, KIND);
        String rows = in.word("rows", List.of(NONE, HELLINGER));
        String norm = in.word("normalize", List.of(NONE, L2));
        double[] mean = in.doubles("mean", in.inputs());
        in.end();
        if (in.outputs() != mean.length) {
            throw new InputException(
                    KIND + ": expected " + mean.length + " outputs, as many as inputs, found " + in.outputs());
        }
        Preprocessing rule = new Preprocessing(
                rows.equals(HELLINGER) ? Rows.HELLINGER : null,
                Center.TRAINING_MEAN,
                norm.equals(L2) ? Norm.L2 : Norm.NONE);
        return new Preprocessor(rule, mean);
    }

    /** All that {@link #restore} needs: the mean, which is zero where nothing is subtracted, and the words for the rest. */
    public ModelState state() {
        return new ModelState(KIND, mean.length, mean.length)
                .with("rows", rule.rows() == Rows.HELLINGER ? HELLINGER : NONE)
                .with("normalize", rule.normalize() == Norm.L2 ? L2 : NONE)
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
        requireDimension(raw);
        float[] values = new float[Math.multiplyExact(rows.length, d)];
        CenterAndScale ofRows = centerAndScale();
        IntStream.range(0, rows.length).parallel().forEach(i -> {
            copyRow(rule, raw, rows[i], values, i * d);
            ofRows.centerAndScale(values, i * d, 1);
        });
        return FeatureMatrix.owning(rows.length, d, values);
    }

    /**
     * The preprocessed vectors, each computed whenever it is read, so that they take no memory.
     *
     * @param raw n x d
     * @throws IllegalArgumentException if d differs from that of the training images
     */
    public FeatureMatrix reading(FeatureMatrix raw) {
        requireDimension(raw);
        CenterAndScale ofRows = centerAndScale();
        return FeatureMatrix.reading(raw.rows(), mean.length, (from, count, target, offset) -> {
            raw.copyRows(from, count, target, offset);
            for (int i = 0; rule.rows() == Rows.HELLINGER && i < count; i++) {
                hellinger(from + i, target, offset + i * mean.length, mean.length);
            }
            ofRows.centerAndScale(target, offset, count);
        });
    }

    private void requireDimension(FeatureMatrix raw) {
        if (raw.dimension() != mean.length) {
            throw new IllegalArgumentException("features of dimension " + raw.dimension()
                    + " cannot be centered by a mean of dimension " + mean.length);
        }
    }

    private CenterAndScale centerAndScale() {
        return new CenterAndScale(rule.rows() == Rows.HELLINGER, mean, rule.normalize() == Norm.L2);
    }

    /** Copies a row and does what comes before any mean is known. */
    private static void copyRow(Preprocessing rule, FeatureMatrix raw, int row, float[] target, int offset) {
        int d = raw.dimension();
        raw.copyRows(row, 1, target, offset);
        if (rule.rows() == Rows.HELLINGER) {
            hellinger(row, target, offset, d);
        }
    }

    private static void hellinger(int row, float[] target, int offset, int d) {
        try {
            CenterAndScale.hellinger(target, offset, d);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "preprocessing.rows: " + e.getMessage() + " in row " + row + " (counted from 0)", e);
        }
    }
}
