package io.github.linfhash.linalg;

/**
 * Products of rows with m fixed rows, by GEMM; safe for threads.
 *
 * <p>Always so many rows at a time, those of the last piece beside others that nobody reads: BLAS picks its kernel by the sizes of a product, and
 * kernels differ in the order of summation. So the products of a row are the same to the last bit whatever stands beside
 * it.
 */
public final class RowProducts {
    /** A multiple of what kernels take at a time. */
    private static final int PIECE = 256;

    private final float[] others;
    private final int count;
    private final int dimension;

    /**
     * Products with the rows of a matrix.
     *
     * @param others m x d, row-major; not copied, and not to be changed
     * @param count m
     * @param dimension d
     */
    public RowProducts(float[] others, int count, int dimension) {
        this.others = others;
        this.count = count;
        this.dimension = dimension;
    }

    /**
     * Computes {@code factor} times the product of each row with each of the fixed ones.
     *
     * @param rows n x d, row-major
     * @param products n x m, row-major; is overwritten
     */
    public void of(float factor, float[] rows, float[] products) {
        int n = rows.length / dimension;
        float[] piece = new float[PIECE * dimension];
        float[] result = new float[PIECE * count];
        for (int from = 0; from < n; from += PIECE) {
            int size = Math.min(PIECE, n - from);
            System.arraycopy(rows, from * dimension, piece, 0, size * dimension);
            Matrices.rowProducts(factor, piece, others, PIECE, dimension, count, result);
            System.arraycopy(result, 0, products, from * count, size * count);
        }
    }
}
