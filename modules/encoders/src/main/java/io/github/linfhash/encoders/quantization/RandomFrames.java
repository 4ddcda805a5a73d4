package io.github.linfhash.encoders.quantization;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.algebra.Matrix;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Random tight frames and random signals of norm 1. */
public final class RandomFrames {
    /** Twice is enough: the second pass removes what rounding left in the first. */
    private static final int ORTHOGONALISATIONS = 2;

    private RandomFrames() {}

    /**
     * A tight frame of N vectors in n dimensions, uniform among those with D D^T = I: the columns of n random orthonormal
     * rows.
     *
     * @param dimension n
     * @param size N, at least n
     * @return D, n x N
     * @throws InputException if {@code N < n}
     */
    public static Matrix tight(int dimension, int size, UniformRandomProvider random) {
        if (dimension < 1 || size < dimension) {
            throw new InputException("A frame needs at least as many vectors as dimensions, found " + size
                    + " vectors in " + dimension + " dimensions.");
        }
        double[] rows = gaussian(Math.multiplyExact(dimension, size), random);
        for (int i = 0; i < dimension; i++) {
            for (int pass = 0; pass < ORTHOGONALISATIONS; pass++) {
                orthogonalise(rows, i, size);
            }
            normalize(rows, i * size, size);
        }
        return Matrix.owning(dimension, size, rows);
    }

    /** Signals uniform on the unit sphere, one a row (m x n). */
    public static Matrix unitSignals(int count, int dimension, UniformRandomProvider random) {
        double[] signals = gaussian(Math.multiplyExact(count, dimension), random);
        for (int i = 0; i < count; i++) {
            normalize(signals, i * dimension, dimension);
        }
        return Matrix.owning(count, dimension, signals);
    }

    private static double[] gaussian(int length, UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = normal.sample();
        }
        return values;
    }

    /** Makes a row orthogonal to all earlier ones, which are orthonormal. */
    private static void orthogonalise(double[] rows, int row, int length) {
        for (int earlier = 0; earlier < row; earlier++) {
            double product = 0;
            for (int j = 0; j < length; j++) {
                product += rows[row * length + j] * rows[earlier * length + j];
            }
            for (int j = 0; j < length; j++) {
                rows[row * length + j] -= product * rows[earlier * length + j];
            }
        }
    }

    private static void normalize(double[] values, int from, int length) {
        double square = 0;
        for (int j = from; j < from + length; j++) {
            square += values[j] * values[j];
        }
        for (int j = from; j < from + length; j++) {
            values[j] /= Math.sqrt(square);
        }
    }
}
