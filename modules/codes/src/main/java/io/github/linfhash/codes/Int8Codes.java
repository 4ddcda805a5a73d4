package io.github.linfhash.codes;

import java.util.stream.IntStream;

/** Vectors rounded to whole numbers within -127..127: x_j = scale * u_j, with a scale for each vector. */
public final class Int8Codes {
    /** The largest number. */
    public static final int MOST = 127;

    private final int width;
    private final byte[] numbers;
    private final float[] scales;
    private final float[] terms;

    private Int8Codes(int width, int size) {
        this.width = width;
        this.numbers = new byte[Math.multiplyExact(size, width)];
        this.scales = new float[size];
        this.terms = new float[size];
    }

    /**
     * Rounds vectors.
     *
     * @param n how many
     * @param width N
     * @param vectors n x N
     * @param similarity by what they are compared
     */
    public static Int8Codes of(int n, int width, VectorSource vectors, Similarity similarity) {
        Int8Codes codes = new Int8Codes(width, n);
        IntStream.range(0, n).parallel().forEach(i -> {
            float[] x = new float[width];
            vectors.copy(i, x);
            codes.scales[i] = round(x, codes.numbers, i * width);
        });
        codes.addTerms(similarity);
        return codes;
    }

    /** Sets the numbers of a vector, and returns its scale. */
    static float round(float[] x, byte[] numbers, int at) {
        float largest = 0;
        for (float value : x) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int j = 0; j < x.length && largest > 0; j++) {
            numbers[at + j] = (byte) Math.round(x[j] / largest * MOST);
        }
        return largest / MOST;
    }

    private void addTerms(Similarity similarity) {
        for (int i = 0; i < terms.length && !similarity.byInnerProduct(); i++) {
            terms[i] = scales[i] * scales[i] * product(numbers, i * width, numbers, i * width, width);
        }
    }

    /**
     * Estimates -(o, q), or the squared distance |o - q|^2 less |q|^2, from the products of whole numbers.
     *
     * @param q the query, mapped as the vectors were, N values; it is rounded, too
     * @param similarity as for the codes
     */
    public Distances distances(float[] q, Similarity similarity) {
        byte[] rounded = new byte[width];
        float scale = similarity.factor() * round(q, rounded, 0);
        return i -> terms[i] + scale * scales[i] * product(numbers, i * width, rounded, 0, width);
    }

    /** The number of codes, n. */
    public int size() {
        return scales.length;
    }

    /** The numbers, n x N, in a new array. */
    public byte[] numbers() {
        return numbers.clone();
    }

    /** The scale of each vector, in a new array. */
    public float[] scales() {
        return scales.clone();
    }

    /** The sum of products of whole numbers. */
    static int product(byte[] numbers, int at, byte[] others, int from, int width) {
        int sum = 0;
        for (int k = 0; k < width; k++) {
            sum += numbers[at + k] * others[from + k];
        }
        return sum;
    }
}
