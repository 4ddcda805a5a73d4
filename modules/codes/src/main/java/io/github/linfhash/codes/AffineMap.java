package io.github.linfhash.codes;

import org.jspecify.annotations.Nullable;

/**
 * An affine map y = W (x - c) + b from d to N dimensions in float32; immutable and safe for threads.
 *
 * <p>The order of summation is fixed: inputs enter in groups of four, in order, and b comes last. So the values of a vector are the
 * same to the last bit alone and among others, on every processor and with any number of threads. Nothing is fused: a product is
 * rounded before it is added. Sums of all outputs advance together, which Java compiles to vector instructions.
 */
public final class AffineMap {
    /** The vectors whose sums stay in the processor's cache while four rows of weights pass by. */
    private static final int VECTORS_AT_ONCE = 16;

    private final int inputs;
    private final int outputs;
    private final float[][] weights; // one array for each input
    private final float @Nullable [] center;
    private final float @Nullable [] offsets;

    private AffineMap(
            int inputs, int outputs, float[][] weights, float @Nullable [] center, float @Nullable [] offsets) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.weights = weights;
        this.center = center;
        this.offsets = offsets;
    }

    /**
     * The map of a matrix, a center and offsets.
     *
     * @param weights W, N x d, row-major
     * @param inputs d
     * @param center c, d values, or null for none
     * @param offsets b, N values, or null for none
     * @throws IllegalArgumentException if the sizes do not agree
     * @throws NonFiniteException if a value is NaN or infinite
     */
    public static AffineMap of(float[] weights, int inputs, float @Nullable [] center, float @Nullable [] offsets) {
        int outputs = weights.length / Math.max(1, inputs);
        if (inputs < 1 || outputs < 1 || outputs * inputs != weights.length) {
            throw new IllegalArgumentException(weights.length + " weights are no matrix of " + inputs + " columns");
        }
        requireSize("center", center, inputs);
        requireSize("offsets", offsets, outputs);
        requireFinite("weight", weights);
        return new AffineMap(inputs, outputs, columns(weights, inputs), copy(center), copy(offsets));
    }

    /**
     * Reads the map of a model: {@code weights}, N x d, and {@code offsets}, N values.
     *
     * @param outputs N
     */
    public static AffineMap read(ModelValues in, int outputs) throws InvalidFileException {
        return of(in.floats("weights", outputs, in.inputs()), in.inputs(), null, in.floats("offsets", outputs));
    }

    private static float @Nullable [] copy(float @Nullable [] values) {
        return values == null ? null : values.clone();
    }

    private static void requireSize(String name, float @Nullable [] values, int size) {
        if (values == null) {
            return;
        }
        if (values.length != size) {
            throw new IllegalArgumentException(name + ": expected " + size + " values, found " + values.length);
        }
        requireFinite(name, values);
    }

    private static void requireFinite(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new NonFiniteException("an affine map has as " + name + " " + i + " the value " + values[i]);
            }
        }
    }

    /** The columns of a matrix with rows of {@code width} values. */
    private static float[][] columns(float[] values, int width) {
        float[][] columns = new float[width][values.length / width];
        for (int k = 0; k < values.length; k++) {
            columns[k % width][k / width] = values[k];
        }
        return columns;
    }

    /** The dimension d of vectors. */
    public int inputs() {
        return inputs;
    }

    /** The number N of values that a vector is mapped to. */
    public int outputs() {
        return outputs;
    }

    /** W, N x d, row-major, as a new array. */
    public float[] weights() {
        float[] rows = new float[outputs * inputs];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = weights[k % inputs][k / inputs];
        }
        return rows;
    }

    /** b, N values, as a new array; zeros where there are none. */
    public float[] offsets() {
        return offsets == null ? new float[outputs] : offsets.clone();
    }

    /** The same W and c with other offsets b. */
    public AffineMap withOffsets(float[] others) {
        requireSize("offsets", others, outputs);
        return new AffineMap(inputs, outputs, weights, center, others.clone());
    }

    /**
     * Maps vectors.
     *
     * @param vectors k x d, row-major, from {@code from} on
     * @param count k
     * @param values k x N, row-major, from {@code to} on; is overwritten
     */
    public void apply(float[] vectors, int from, int count, float[] values, int to) {
        float[] less = new float[center == null ? 0 : Math.min(count, VECTORS_AT_ONCE) * inputs];
        for (int first = 0; first < count; first += VECTORS_AT_ONCE) {
            int size = Math.min(VECTORS_AT_ONCE, count - first);
            int at = from + first * inputs;
            if (center == null) {
                mapBlock(vectors, at, size, values, to + first * outputs);
            } else {
                subtract(center, vectors, at, size, less);
                mapBlock(less, 0, size, values, to + first * outputs);
            }
        }
    }

    /** Maps a vector of {@link #inputs} values, to a new array. */
    public float[] apply(float[] vector) {
        float[] values = new float[outputs];
        apply(vector, 0, 1, values, 0);
        return values;
    }

    private static void subtract(float[] center, float[] vectors, int from, int count, float[] less) {
        int d = center.length;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < d; j++) {
                less[i * d + j] = vectors[from + i * d + j] - center[j];
            }
        }
    }

    private void mapBlock(float[] vectors, int from, int count, float[] values, int to) {
        float[][] sums = new float[count][outputs];
        int j = 0;
        for (; j + 4 <= inputs; j += 4) {
            for (int i = 0; i < count; i++) {
                addFour(vectors, from + i * inputs + j, weights, j, sums[i]);
            }
        }
        for (; j < inputs; j++) {
            for (int i = 0; i < count; i++) {
                addOne(vectors[from + i * inputs + j], weights[j], sums[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            if (offsets != null) {
                addOne(1, offsets, sums[i]);
            }
            System.arraycopy(sums[i], 0, values, to + i * outputs, outputs);
        }
    }

    /** Four rows in and one out, each an array of its own: of such loops Java makes vector instructions. */
    private static void addFour(float[] vector, int at, float[][] weights, int j, float[] sums) {
        float[] w0 = weights[j];
        float[] w1 = weights[j + 1];
        float[] w2 = weights[j + 2];
        float[] w3 = weights[j + 3];
        float x0 = vector[at];
        float x1 = vector[at + 1];
        float x2 = vector[at + 2];
        float x3 = vector[at + 3];
        for (int k = 0; k < sums.length; k++) {
            sums[k] += x0 * w0[k] + x1 * w1[k] + x2 * w2[k] + x3 * w3[k];
        }
    }

    private static void addOne(float x, float[] weights, float[] sums) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += x * weights[k];
        }
    }
}
