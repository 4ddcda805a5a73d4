package io.github.linfhash.linalg;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import java.util.Arrays;

/**
 * An affine map y = W x + c from feature vectors to N real values, in float32; immutable.
 *
 * <p>Written in plain loops that the JIT compiler vectorizes and not on BLAS, so that the values of a row do not depend
 * on the rows beside it, on the number of threads or on the processor. The offset is added last: the sign of
 * {@code fl(w.x) - T} tells exactly whether {@code fl(w.x)} lies above a threshold T.
 */
public final class AffineProjection {
    private final int dimension;
    private final float[] transposed;
    private final float[] offsets;

    private AffineProjection(int dimension, float[] transposed, float[] offsets) {
        this.dimension = dimension;
        this.transposed = transposed;
        this.offsets = offsets;
    }

    /**
     * The map with the given rows and offsets.
     *
     * @param rows W, N x d
     * @param offsets c, N values
     * @throws NonFiniteException if a weight or an offset is NaN or infinite, or too large for float32
     */
    public static AffineProjection of(double[][] rows, double[] offsets) {
        int outputs = rows.length;
        int dimension = rows[0].length;
        if (offsets.length != outputs) {
            throw new IllegalArgumentException(outputs + " projections cannot have " + offsets.length + " offsets");
        }
        float[] transposed = new float[Math.multiplyExact(outputs, dimension)];
        float[] narrowed = new float[outputs];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < dimension; j++) {
                transposed[j * outputs + k] = finite(rows[k][j], k);
            }
            narrowed[k] = finite(offsets[k], k);
        }
        return new AffineProjection(dimension, transposed, narrowed);
    }

    /** The map that {@link #addTo} saved, to the given number of outputs. */
    public static AffineProjection read(StateReader in, int outputs) {
        int dimension = in.inputs();
        float[] weights = in.floats("weights", outputs, dimension);
        return new AffineProjection(dimension, transpose(weights, dimension), in.floats("offsets", outputs));
    }

    /** Adds W (N x d) as "weights" and c (N) as "offsets". */
    public ModelState addTo(ModelState state) {
        return state.with("weights", ModelArray.floats(transpose(transposed, outputs()), outputs(), dimension))
                .with("offsets", ModelArray.floats(offsets, outputs()));
    }

    /** The transpose of a matrix with rows of {@code width} values. */
    private static float[] transpose(float[] values, int width) {
        int height = values.length / width;
        float[] transpose = new float[values.length];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                transpose[j * height + i] = values[i * width + j];
            }
        }
        return transpose;
    }

    /** The linear map y = W x, without offsets. */
    public static AffineProjection linear(double[][] rows) {
        return of(rows, new double[rows.length]);
    }

    /** The map y = W (x - mean) for a mean of d values. */
    public static AffineProjection centered(double[][] rows, double[] mean) {
        double[] offsets = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            for (int j = 0; j < mean.length; j++) {
                offsets[k] -= rows[k][j] * mean[j];
            }
        }
        return of(rows, offsets);
    }

    private static float finite(double weight, int output) {
        float narrowed = (float) weight;
        if (!Float.isFinite(narrowed)) {
            throw new NonFiniteException("projection " + output + " has the weight " + weight
                    + "; look for NaN, infinite or huge values in the training features");
        }
        return narrowed;
    }

    /** The same rows W with other offsets. */
    public AffineProjection withOffsets(float[] others) {
        if (others.length != offsets.length) {
            throw new IllegalArgumentException(
                    offsets.length + " projections cannot have " + others.length + " offsets");
        }
        return new AffineProjection(dimension, transposed, others.clone());
    }

    /** The number of outputs, N. */
    public int outputs() {
        return offsets.length;
    }

    /** The dimension of the inputs, d. */
    public int dimension() {
        return dimension;
    }

    /** The number of weights and offsets, N (d + 1). */
    public long parameters() {
        return (long) outputs() * (dimension + 1);
    }

    /**
     * Maps every row, on all processors.
     *
     * @param features n x d
     * @return n * N values, row-major
     */
    public float[] apply(FeatureMatrix features) {
        float[] values = new float[Math.multiplyExact(features.rows(), outputs())];
        RowBlocks.ofWidth(features.rows(), dimension).blocks().parallelStream().forEach(block -> {
            float[] mapped = apply(Matrices.rows(features, block));
            System.arraycopy(mapped, 0, values, block.from() * outputs(), mapped.length);
        });
        return values;
    }

    /**
     * Maps every row.
     *
     * @param rows k * d values, row-major, for any k
     * @return k * N values, row-major
     */
    public float[] apply(float[] rows) {
        int count = rows.length / dimension;
        float[] values = new float[count * outputs()];
        float[] sums = new float[outputs()];
        for (int i = 0; i < count; i++) {
            project(rows, i * dimension, sums);
            System.arraycopy(sums, 0, values, i * outputs(), outputs());
        }
        return values;
    }

    /** Four inputs at a time, so that each pass over the sums does four multiplications for one load and store. */
    private void project(float[] row, int start, float[] sums) {
        int outputs = sums.length;
        Arrays.fill(sums, 0);
        int j = 0;
        for (; j + 4 <= dimension; j += 4) {
            accumulateFour(row, start + j, j * outputs, sums);
        }
        for (; j < dimension; j++) {
            float x = row[start + j];
            for (int k = 0; k < outputs; k++) {
                sums[k] += x * transposed[j * outputs + k];
            }
        }
        for (int k = 0; k < outputs; k++) {
            sums[k] += offsets[k];
        }
    }

    private void accumulateFour(float[] row, int at, int weight, float[] sums) {
        int outputs = sums.length;
        float[] w = transposed;
        float x0 = row[at];
        float x1 = row[at + 1];
        float x2 = row[at + 2];
        float x3 = row[at + 3];
        for (int k = 0; k < outputs; k++) {
            sums[k] += x0 * w[weight + k]
                    + x1 * w[weight + outputs + k]
                    + x2 * w[weight + 2 * outputs + k]
                    + x3 * w[weight + 3 * outputs + k];
        }
    }
}
