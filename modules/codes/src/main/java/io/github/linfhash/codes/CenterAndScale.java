package io.github.linfhash.codes;

import java.util.List;

/** What is done to raw vectors before a hash function: square roots of shares, less a mean, and scaled to length 1, each if it is wanted. */
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

    /** Replaces a vector, d values from {@code offset} on, after {@link #hellinger}. */
    public void centerAndScale(float[] values, int offset) {
        double squares = 0;
        for (int j = 0; j < mean.length; j++) {
            double centered = values[offset + j] - mean[j];
            values[offset + j] = (float) centered;
            squares += centered * centered;
        }
        if (scaled && squares > 0) {
            float scale = (float) (1 / Math.sqrt(squares));
            for (int j = 0; j < mean.length; j++) {
                values[offset + j] *= scale;
            }
        }
    }

    /** Replaces a raw vector by what the hash function takes. */
    void apply(float[] values) {
        if (hellinger) {
            hellinger(values, 0, values.length);
        }
        centerAndScale(values, 0);
    }
}
