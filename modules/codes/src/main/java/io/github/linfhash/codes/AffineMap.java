package io.github.linfhash.codes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An affine map y = W (x - c) + b from d to N dimensions in float32; immutable and safe for threads.
 *
 * <p>The order of summation is fixed: inputs enter in groups of four, in order, and b comes last. So the values of a vector are the
 * same to the last bit alone and among others, on every processor and with any number of threads. Nothing is fused: a product is
 * rounded before it is added.
 *
 * <p>Many sums advance together, which Java compiles to vector instructions: those of all outputs for a vector, or, where outputs are
 * few, those of many vectors for an output. A sum is the same either way.
 */
public final class AffineMap {
    /** The vectors whose sums stay in the processor's cache while four columns of weights pass by. */
    private static final int VECTORS_AT_ONCE = 16;
    /** The outputs and vectors from which on loops over outputs are long enough, and loops over vectors are. */
    private static final int MANY_OUTPUTS = 128;

    private static final int MANY_VECTORS = 64;
    /** The vectors and coordinates that stay in the processor's cache, turned, while all outputs pass by. */
    private static final int TURNED_VECTORS = 512;

    private static final int TURNED_COLUMNS = 8;

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
     * @throws InvalidFileException if an array is missing, damaged, or has another shape
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

    /**
     * Returns a map with this W and c and other offsets b.
     *
     * @throws IllegalArgumentException if these are not N values
     */
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
     * @throws IndexOutOfBoundsException if one of the two is shorter
     */
    public void apply(float[] vectors, int from, int count, float[] values, int to) {
        boolean turned = outputs < MANY_OUTPUTS && count >= MANY_VECTORS;
        int atOnce = Math.min(count, turned ? TURNED_VECTORS : VECTORS_AT_ONCE);
        float[] less = new float[center == null ? 0 : atOnce * inputs];
        float[][] sums = turned ? new float[outputs][atOnce] : new float[atOnce][outputs];
        for (int first = 0; first < count; first += atOnce) {
            int size = Math.min(atOnce, count - first);
            float[] block = vectors;
            int at = from + first * inputs;
            if (center != null) {
                subtract(center, vectors, at, size, less);
                block = less;
                at = 0;
            }
            for (float[] ofOne : sums) {
                Arrays.fill(ofOne, 0);
            }
            if (turned) {
                sumByVectors(block, at, size, sums);
                turnBack(sums, size, values, to + first * outputs);
            } else {
                sumByOutputs(block, at, size, sums);
                for (int i = 0; i < size; i++) {
                    System.arraycopy(sums[i], 0, values, to + (first + i) * outputs, outputs);
                }
            }
        }
    }

    /**
     * Maps vectors, to a new array.
     *
     * @param vectors k x d, row-major, for any k
     * @return k x N, row-major
     */
    public float[] apply(float[] vectors) {
        int count = vectors.length / inputs;
        float[] values = new float[Math.multiplyExact(count, outputs)];
        apply(vectors, 0, count, values, 0);
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

    /** Fills the sums of each vector, one array a vector. */
    private void sumByOutputs(float[] vectors, int from, int count, float[][] sums) {
        int j = 0;
        for (; j + 4 <= inputs; j += 4) {
            for (int i = 0; i < count; i++) {
                addFour(weights, j, vectors, from + i * inputs + j, sums[i]);
            }
        }
        for (; j < inputs; j++) {
            for (int i = 0; i < count; i++) {
                addOne(weights[j], vectors[from + i * inputs + j], sums[i]);
            }
        }
        for (int i = 0; offsets != null && i < count; i++) {
            addOne(offsets, 1, sums[i]);
        }
    }

    /** Fills the sums of each output, one array an output. */
    private void sumByVectors(float[] vectors, int from, int count, float[][] sums) {
        float[][] turned = new float[TURNED_COLUMNS][sums[0].length];
        float[] factors = new float[4];
        for (int first = 0; first < inputs; first += TURNED_COLUMNS) {
            int columns = Math.min(TURNED_COLUMNS, inputs - first);
            turn(vectors, from + first, count, columns, turned);
            for (int k = 0; k < outputs; k++) {
                int j = 0;
                for (; j + 4 <= columns; j += 4) {
                    for (int t = 0; t < 4; t++) {
                        factors[t] = weights[first + j + t][k];
                    }
                    addFour(turned, j, factors, 0, sums[k]);
                }
                for (; j < columns; j++) {
                    addOne(turned[j], weights[first + j][k], sums[k]);
                }
            }
        }
        for (int k = 0; offsets != null && k < outputs; k++) {
            for (int i = 0; i < count; i++) {
                sums[k][i] += offsets[k];
            }
        }
    }

    /** Sets {@code turned[j][i]} to coordinate j of vector i, for some coordinates. */
    private void turn(float[] vectors, int from, int count, int columns, float[][] turned) {
        int j = 0;
        for (; j + 4 <= columns; j += 4) {
            float[] t0 = turned[j];
            float[] t1 = turned[j + 1];
            float[] t2 = turned[j + 2];
            float[] t3 = turned[j + 3];
            for (int i = 0, at = from + j; i < count; i++, at += inputs) {
                t0[i] = vectors[at];
                t1[i] = vectors[at + 1];
                t2[i] = vectors[at + 2];
                t3[i] = vectors[at + 3];
            }
        }
        for (; j < columns; j++) {
            for (int i = 0; i < count; i++) {
                turned[j][i] = vectors[from + i * inputs + j];
            }
        }
    }

    /** Sets value k of vector i to {@code sums[k][i]}. */
    private void turnBack(float[][] sums, int count, float[] values, int to) {
        int k = 0;
        for (; k + 4 <= outputs; k += 4) {
            float[] s0 = sums[k];
            float[] s1 = sums[k + 1];
            float[] s2 = sums[k + 2];
            float[] s3 = sums[k + 3];
            int at = to + k;
            for (int i = 0; i < count; i++, at += outputs) {
                values[at] = s0[i];
                values[at + 1] = s1[i];
                values[at + 2] = s2[i];
                values[at + 3] = s3[i];
            }
        }
        for (; k < outputs; k++) {
            for (int i = 0; i < count; i++) {
                values[to + i * outputs + k] = sums[k][i];
            }
        }
    }

    /** Four arrays in and one out, each an array of its own: of such loops Java makes vector instructions. */
    private static void addFour(float[][] arrays, int j, float[] factors, int at, float[] sums) {
        float[] a0 = arrays[j];
        float[] a1 = arrays[j + 1];
        float[] a2 = arrays[j + 2];
        float[] a3 = arrays[j + 3];
        float x0 = factors[at];
        float x1 = factors[at + 1];
        float x2 = factors[at + 2];
        float x3 = factors[at + 3];
        for (int k = 0; k < sums.length; k++) {
            sums[k] += x0 * a0[k] + x1 * a1[k] + x2 * a2[k] + x3 * a3[k];
        }
    }

    private static void addOne(float[] array, float factor, float[] sums) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += factor * array[k];
        }
    }
}
