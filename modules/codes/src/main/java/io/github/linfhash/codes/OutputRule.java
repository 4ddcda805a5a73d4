package io.github.linfhash.codes;

/** How real outputs become bits: a bit is 1 where the value that the rule makes for it is above 0. */
public enum OutputRule {
    /** One bit for each output: x > 0. */
    SIGN(1),
    /** One bit for each output: x is not 0. */
    SUPPORT(1),
    /**
     * Two bits for each output, those for {@code x > 0} of all outputs before those for {@code x < 0}; Hamming distance is then
     * |t - t'|_1.
     */
    TERNARY(2);

    private final int bitsPerOutput;

    OutputRule(int bitsPerOutput) {
        this.bitsPerOutput = bitsPerOutput;
    }

    /** The bits that an output takes. */
    public int bitsPerOutput() {
        return bitsPerOutput;
    }

    /** The values whose signs are the bits: n x bits for outputs of n x units. */
    public float[] values(float[] x, int units) {
        if (this == SIGN) {
            return x;
        }
        float[] values = new float[Math.multiplyExact(bitsPerOutput, x.length)];
        for (int i = 0; i < x.length; i++) {
            int at = i / units * bitsPerOutput * units + i % units;
            values[at] = this == SUPPORT ? Math.abs(x[i]) : x[i];
            if (this == TERNARY) {
                values[at + units] = -x[i];
            }
        }
        return values;
    }
}
