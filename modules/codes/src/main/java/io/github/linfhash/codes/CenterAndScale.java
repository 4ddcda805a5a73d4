package io.github.linfhash.codes;

import java.util.List;

/** The preparation of raw vectors for a hash function: square roots of shares, less a mean, and scaled to length 1, each if it is wanted. */
public final class CenterAndScale {
    /** The kind of such a map in models. */
    static final String KIND = "centre-and-scale";

    private final boolean hellinger;
    private final double[] mean;
    private final boolean scaled;

    /**
     * A map of d values to as many.
     *
     * @param hellinger whether each value is replaced by the square root of its share of the vector's sum first
     * @param mean what is subtracted then, d values
     * @param scaled whether a vector that is not 0 is divided by its length in the end
     */
    public CenterAndScale(boolean hellinger, double[] mean, boolean scaled) {
        this.hellinger = hellinger;
        this.mean = mean.clone();
        this.scaled = scaled;
    }

    static CenterAndScale read(ModelValues in) throws InvalidFileException {
        boolean hellinger = in.word("rows", List.of("none", "hellinger")).equals("hellinger");
        boolean scaled = in.word("normalize", List.of("none", "l2")).equals("l2");
        return new CenterAndScale(hellinger, in.doubles("mean", in.inputs()), scaled);
    }

    /**
     * Replaces the values of a vector by the square roots of their shares of its sum.
     *
     * @param values d values from {@code offset} on
     * @throws IllegalArgumentException if a value is below 0
     */
    public static void hellinger(float[] values, int offset, int d) {
        double sum = 0;
        for (int j = offset; j < offset + d; j++) {
            if (values[j] < 0) {
                throw new IllegalArgumentException("expected no negative features for hellinger, found " + values[j]);
            }
            sum += values[j];
        }
        for (int j = offset; j < offset + d && sum > 0; j++) {
            values[j] = (float) Math.sqrt(values[j] / sum);
        }
    }

    /**
     * Replaces vectors, after {@link #hellinger}.
     *
     * @param values count x d, row-major, from {@code offset} on
     */
    public void centerAndScale(float[] values, int offset, int count) {
        int d = mean.length;
        int i = 0;
        // A sum of squares waits for each of its additions, so four vectors' sums advance together.
        for (; i + 4 <= count; i += 4) {
            int at = offset + i * d;
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            for (int j = 0; j < d; j++) {
                double less = mean[j];
                double c0 = values[at + j] - less;
                double c1 = values[at + d + j] - less;
                double c2 = values[at + 2 * d + j] - less;
                double c3 = values[at + 3 * d + j] - less;
                values[at + j] = (float) c0;
                values[at + d + j] = (float) c1;
                values[at + 2 * d + j] = (float) c2;
                values[at + 3 * d + j] = (float) c3;
                s0 += c0 * c0;
                s1 += c1 * c1;
                s2 += c2 * c2;
                s3 += c3 * c3;
            }
            scale(s0, values, at);
            scale(s1, values, at + d);
            scale(s2, values, at + 2 * d);
            scale(s3, values, at + 3 * d);
        }
        for (; i < count; i++) {
            int at = offset + i * d;
            double squares = 0;
            for (int j = 0; j < d; j++) {
                double centered = values[at + j] - mean[j];
                values[at + j] = (float) centered;
                squares += centered * centered;
            }
            scale(squares, values, at);
        }
    }

    private void scale(double squares, float[] values, int at) {
        if (scaled && squares > 0) {
            float factor = (float) (1 / Math.sqrt(squares));
            for (int j = at; j < at + mean.length; j++) {
                values[j] *= factor;
            }
        }
    }

    /** Replaces a raw vector by what the hash function takes. */
    void apply(float[] values) {
        if (hellinger) {
            hellinger(values, 0, values.length);
        }
        centerAndScale(values, 0, 1);
    }
}
