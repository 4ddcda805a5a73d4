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
    public static Int8Codes of(int n, int width, VectorSource vectors, VectorSimilarity similarity) {
        Int8Codes codes = new Int8Codes(width, n);
        IntStream.range(0, n).parallel().forEach(i -> {
            float[] x = new float[width];
            vectors.copy(i, x);
            codes.scales[i] = round(x, codes.numbers, i * width);
        });
        codes.addTerms(n, similarity);
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

    private void addTerms(int count, VectorSimilarity similarity) {
        for (int i = 0; i < count && !similarity.byInnerProduct(); i++) {
            terms[i] = scales[i] * scales[i] * product(i, numbers, i * width);
        }
    }

    /** Room for n codes that are {@linkplain #read read} again and again. */
    static Int8Codes room(int n, int width) {
        return new Int8Codes(width, n);
    }

    /** Replaces the first codes by others from bytes: the numbers and the scale of each. */
    void read(byte[] bytes, int from, int count, VectorSimilarity similarity) {
        int stride = width + Float.BYTES;
        for (int i = 0; i < count; i++) {
            int at = from + i * stride;
            System.arraycopy(bytes, at, numbers, i * width, width);
            scales[i] = CorrectionTerms.read(bytes, at + width, false);
        }
        addTerms(count, similarity);
    }

    /**
     * Estimates -(o, q), or the squared distance |o - q|^2 less |q|^2, from the products of whole numbers.
     *
     * @param q the query, mapped as the vectors were, N values; it is rounded, too
     * @param similarity as for the codes
     */
    public Distances distances(float[] q, VectorSimilarity similarity) {
        byte[] rounded = new byte[width];
        float scale = similarity.factor() * round(q, rounded, 0);
        return i -> terms[i] + scale * scales[i] * product(i, rounded, 0);
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

    private int product(int i, byte[] other, int from) {
        int sum = 0;
        int left = i * width;
        for (int k = 0; k < width; k++) {
            sum += numbers[left + k] * other[from + k];
        }
        return sum;
    }
}
