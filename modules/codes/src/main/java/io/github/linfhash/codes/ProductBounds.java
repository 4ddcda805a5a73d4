package io.github.linfhash.codes;

/**
 * Lower bounds of sums of table values, from bytes: each value, less the least of its part, is rounded down to a whole number of 1/255 of the widest
 * range of a part. Codes whose bound is above a limit need no sum of their own, which leaves few of them, and results are equal to the last bit.
 */
final class ProductBounds {
    private static final int VALUES_OF_HALF = 16;

    private final boolean halves;
    private final byte[] table;
    private final float scale;
    private final double least;
    private final double error;
    private final int[] sums = new int[Block.CODES];

    /**
     * Bounds of a query.
     *
     * @param values by part, then by center
     * @param ofPart the values of a part: 256, a byte each; or 16, with two parts in a byte
     */
    ProductBounds(float[] values, int ofPart) {
        this.halves = ofPart == VALUES_OF_HALF;
        int parts = values.length / ofPart;
        // Kernels load whole vectors of values, also of the last part.
        this.table = new byte[values.length + 128];
        float[] low = new float[parts];
        float range = 0;
        double sum = 0;
        double magnitude = 0;
        for (int part = 0; part < parts; part++) {
            float high = Float.NEGATIVE_INFINITY;
            low[part] = Float.POSITIVE_INFINITY;
            for (int k = part * ofPart; k < (part + 1) * ofPart; k++) {
                low[part] = Math.min(low[part], values[k]);
                high = Math.max(high, values[k]);
            }
            range = Math.max(range, high - low[part]);
            sum += low[part];
            magnitude += Math.max(Math.abs(low[part]), Math.abs(high));
        }
        float perUnit = 255 / range;
        this.scale = Float.isFinite(perUnit) && Double.isFinite(magnitude) ? perUnit : 0;
        this.least = sum;
        // A float32 sum of so many values differs from the exact one by less.
        this.error = magnitude * parts * Math.ulp(1f);
        for (int k = 0; k < values.length && scale > 0; k++) {
            table[k] = (byte) Math.min(255, (int) ((values[k] - low[k / ofPart]) * scale));
        }
    }

    /**
     * Bounds the sums of the codes of a block.
     *
     * @param width the bytes of a code
     * @param limit of sums that matter
     * @return whether one may be up to the limit
     */
    boolean any(VectorKernels kernels, Block block, int width, float limit) {
        int smallest = halves
                ? kernels.sumsOfHalves(block.stored(), block.bytesAt(), width, table, 255, sums)
                : kernels.sumsOfBytes(block.stored(), block.bytesAt(), width, table, sums);
        return smallest <= bound(limit);
    }

    /** Whether the sum of a code of the block that was bounded last may be up to the limit. */
    boolean mayBeWithin(int code, int bound) {
        return sums[code] <= bound;
    }

    /** The largest bound of a sum up to a limit. */
    int bound(float limit) {
        if (scale == 0 || !(limit < Float.POSITIVE_INFINITY)) {
            return Integer.MAX_VALUE;
        }
        // Products with the scale are rounded, too; 1 is for what all of this is rounded itself.
        double bound = Math.ceil((limit + error - least) * scale * (1 + 1e-6)) + 1;
        return (int) Math.min(Integer.MAX_VALUE, bound);
    }
}
