package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.features.FeatureMatrix;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import smile.math.blas.Layout;
import smile.math.blas.Transpose;
import smile.math.matrix.FloatMatrix;
import smile.math.matrix.Matrix;

/**
 * Matrices: conversions between this program's row-major arrays and Smile's, their products, and random ones.
 *
 * <p>All matrices made here are row-major; a product of Smile's {@code mm} needs operands of one layout.
 */
public final class Matrices {
    private Matrices() {}

    /** A row-major view: writing to the matrix writes to the array. */
    public static FloatMatrix view(float[] values, int rows, int columns) {
        return FloatMatrix.of(Layout.ROW_MAJOR, rows, columns, columns, FloatBuffer.wrap(values));
    }

    /** A row-major view: writing to the matrix writes to the array. */
    public static Matrix view(double[] values, int rows, int columns) {
        return Matrix.of(Layout.ROW_MAJOR, rows, columns, columns, DoubleBuffer.wrap(values));
    }

    /** Copies consecutive rows of the features, row-major. */
    public static float[] rows(FeatureMatrix features, RowBlocks.Block block) {
        float[] values = new float[block.size() * features.dimension()];
        features.copyRows(block.from(), block.size(), values, 0);
        return values;
    }

    /** Copies consecutive rows of the features as doubles, less a mean of d values, row-major. */
    public static double[] centredRows(FeatureMatrix features, double[] mean, RowBlocks.Block block) {
        float[] values = rows(features, block);
        double[] centred = new double[values.length];
        int d = features.dimension();
        for (int i = 0; i < values.length; i++) {
            centred[i] = values[i] - mean[i % d];
        }
        return centred;
    }

    /** A B as row-major values. */
    public static double[] product(Matrix a, Matrix b) {
        double[] product = new double[a.nrows() * b.ncols()];
        a.mm(Transpose.NO_TRANSPOSE, Transpose.NO_TRANSPOSE, 1, b, 0, view(product, a.nrows(), b.ncols()));
        return product;
    }

    /** A' B as row-major values. */
    public static double[] transposedProduct(Matrix a, Matrix b) {
        double[] product = new double[a.ncols() * b.ncols()];
        a.mm(Transpose.TRANSPOSE, Transpose.NO_TRANSPOSE, 1, b, 0, view(product, a.ncols(), b.ncols()));
        return product;
    }

    /** The rows one after another. */
    public static double[] flatten(double[][] rows) {
        int width = rows[0].length;
        double[] flat = new double[rows.length * width];
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(rows[k], 0, flat, k * width, width);
        }
        return flat;
    }

    /** Rows of {@code width} values each. */
    public static double[][] unflatten(double[] rowMajor, int width) {
        double[][] rows = new double[rowMajor.length / width][width];
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(rowMajor, k * width, rows[k], 0, width);
        }
        return rows;
    }

    /** Narrows to float32. */
    public static float[] toFloats(double[] values) {
        float[] narrowed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrowed[i] = (float) values[i];
        }
        return narrowed;
    }

    /** A new matrix of independent standard normal numbers, drawn row after row. */
    public static double[][] gaussian(int rows, int columns, UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = gaussian.sample();
            }
        }
        return matrix;
    }
}
