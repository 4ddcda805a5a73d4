package io.github.linfhash.linalg;

import io.github.linfhash.core.features.FeatureMatrix;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.bytedeco.openblas.global.openblas;

/** Row-major matrices in arrays: their products by BLAS, conversions, and random ones. */
public final class Matrices {
    private Matrices() {}

    /** Copies consecutive rows of the features, row-major. */
    public static float[] rows(FeatureMatrix features, RowBlocks.Block block) {
        float[] values = new float[block.size() * features.dimension()];
        features.copyRows(block.from(), block.size(), values, 0);
        return values;
    }

    /** Copies consecutive rows of the features as doubles, less a mean of d values, row-major. */
    public static double[] centeredRows(FeatureMatrix features, double[] mean, RowBlocks.Block block) {
        float[] values = rows(features, block);
        double[] centered = new double[values.length];
        int d = features.dimension();
        for (int i = 0; i < values.length; i++) {
            centered[i] = values[i] - mean[i % d];
        }
        return centered;
    }

    /**
     * A B.
     *
     * @param a rows x inner
     * @param b inner x columns
     * @return rows x columns
     */
    public static double[] product(double[] a, double[] b, int rows, int inner, int columns) {
        double[] product = new double[Math.multiplyExact(rows, columns)];
        multiply(openblas.CblasNoTrans, 1, a, b, rows, inner, columns, 0, product);
        return product;
    }

    /**
     * A' B.
     *
     * @param a inner x rows
     * @param b inner x columns
     * @return rows x columns
     */
    public static double[] transposedProduct(double[] a, double[] b, int inner, int rows, int columns) {
        double[] product = new double[Math.multiplyExact(rows, columns)];
        multiply(openblas.CblasTrans, 1, a, b, rows, inner, columns, 0, product);
        return product;
    }

    /** Adds {@code factor} times A' A to a matrix of d x d, where A is n x d. */
    static void addGram(double factor, double[] a, int n, int d, double[] target) {
        multiply(openblas.CblasTrans, factor, a, a, d, n, d, 1, target);
    }

    private static void multiply(
            int transpose,
            double factor,
            double[] a,
            double[] b,
            int rows,
            int inner,
            int columns,
            double before,
            double[] target) {
        BlasCheck.requireSound();
        openblas.cblas_dgemm(
                openblas.CblasRowMajor,
                transpose,
                openblas.CblasNoTrans,
                rows,
                columns,
                inner,
                factor,
                a,
                transpose == openblas.CblasTrans ? rows : inner,
                b,
                columns,
                before,
                target,
                columns);
    }

    /**
     * A B in float32.
     *
     * @param a rows x inner
     * @param b inner x columns
     * @return rows x columns
     */
    public static float[] product(float[] a, float[] b, int rows, int inner, int columns) {
        float[] product = new float[Math.multiplyExact(rows, columns)];
        multiply(openblas.CblasNoTrans, openblas.CblasNoTrans, 1, a, b, rows, inner, columns, product);
        return product;
    }

    /**
     * A' B in float32.
     *
     * @param a inner x rows
     * @param b inner x columns
     * @return rows x columns
     */
    public static float[] transposedProduct(float[] a, float[] b, int inner, int rows, int columns) {
        float[] product = new float[Math.multiplyExact(rows, columns)];
        multiply(openblas.CblasTrans, openblas.CblasNoTrans, 1, a, b, rows, inner, columns, product);
        return product;
    }

    /**
     * Sets a matrix to {@code factor} times A B', in float32: the products of rows with rows.
     *
     * @param a rows x inner
     * @param b columns x inner
     * @param target rows x columns, and may be longer; is overwritten
     */
    public static void rowProducts(
            float factor, float[] a, float[] b, int rows, int inner, int columns, float[] target) {
        multiply(openblas.CblasNoTrans, openblas.CblasTrans, factor, a, b, rows, inner, columns, target);
    }

    private static void multiply(
            int left, int right, float factor, float[] a, float[] b, int rows, int inner, int columns, float[] target) {
        BlasCheck.requireSound();
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                left,
                right,
                rows,
                columns,
                inner,
                factor,
                a,
                left == openblas.CblasTrans ? rows : inner,
                b,
                right == openblas.CblasTrans ? inner : columns,
                0,
                target,
                columns);
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
