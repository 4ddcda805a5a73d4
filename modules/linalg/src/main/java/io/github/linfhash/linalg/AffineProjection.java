package io.github.linfhash.linalg;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.codes.InvalidFileException;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import java.util.Objects;

/** An affine map y = W x + c from feature vectors to N real values, in float32, by {@link AffineMap}; immutable. */
public final class AffineProjection {
    private final AffineMap map;

    private AffineProjection(AffineMap map) {
        this.map = map;
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
        float[] weights = new float[Math.multiplyExact(outputs, dimension)];
        float[] narrowed = new float[outputs];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < dimension; j++) {
                weights[k * dimension + j] = finite(rows[k][j], k);
            }
            narrowed[k] = finite(offsets[k], k);
        }
        return new AffineProjection(AffineMap.of(weights, dimension, null, narrowed));
    }

    /** The map that {@link #addTo} saved, to the given number of outputs. */
    public static AffineProjection read(StateReader in, int outputs) {
        try {
            return new AffineProjection(AffineMap.read(in, outputs));
        } catch (InvalidFileException e) {
            throw new InputException(Objects.requireNonNull(e.getMessage()), e);
        }
    }

    /** Adds W (N x d) as "weights" and c (N) as "offsets". */
    public ModelState addTo(ModelState state) {
        return state.with("weights", ModelArray.floats(map.weights(), outputs(), dimension()))
                .with("offsets", ModelArray.floats(map.offsets(), outputs()));
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

    /** Returns a projection with these rows W and other offsets. */
    public AffineProjection withOffsets(float[] others) {
        return new AffineProjection(map.withOffsets(others));
    }

    /** The map of single vectors. */
    public AffineMap map() {
        return map;
    }

    /** The number of outputs, N. */
    public int outputs() {
        return map.outputs();
    }

    /** The dimension of the inputs, d. */
    public int dimension() {
        return map.inputs();
    }

    /** The number of weights and offsets, N (d + 1). */
    public long parameters() {
        return (long) outputs() * (dimension() + 1);
    }

    /**
     * Maps every row, on all processors.
     *
     * @param features n x d
     * @return n * N values, row-major
     */
    public float[] apply(FeatureMatrix features) {
        float[] values = new float[Math.multiplyExact(features.rows(), outputs())];
        RowBlocks.ofWidth(features.rows(), dimension()).blocks().parallelStream()
                .forEach(block ->
                        map.apply(Matrices.rows(features, block), 0, block.size(), values, block.from() * outputs()));
        return values;
    }

    /**
     * Maps every row.
     *
     * @param rows k * d values, row-major, for any k
     * @return k * N values, row-major
     */
    public float[] apply(float[] rows) {
        return map.apply(rows);
    }
}
