package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.encoders.layers.Network;
import java.util.Locale;

/** How real outputs become bits: a bit is 1 where the value that the rule makes for it is above 0. */
public enum CodeRule {
    /** One bit for each output: x > 0. */
    SIGN(1) {
        @Override
        void fill(float[] x, int from, int units, float[] values, int to) {
            System.arraycopy(x, from, values, to, units);
        }
    },
    /** One bit for each output: x is not 0. */
    SUPPORT(1) {
        @Override
        void fill(float[] x, int from, int units, float[] values, int to) {
            for (int i = 0; i < units; i++) {
                values[to + i] = Math.abs(x[from + i]);
            }
        }
    },
    /**
     * Two bits for each output, those for {@code x > 0} of all outputs before those for {@code x < 0}; Hamming distance is
     * then |t - t'|_1.
     */
    TERNARY(2) {
        @Override
        void fill(float[] x, int from, int units, float[] values, int to) {
            for (int i = 0; i < units; i++) {
                values[to + i] = x[from + i];
                values[to + units + i] = -x[from + i];
            }
        }
    };

    private final int bitsPerOutput;

    CodeRule(int bitsPerOutput) {
        this.bitsPerOutput = bitsPerOutput;
    }

    /** The bits that an output takes. */
    public int bitsPerOutput() {
        return bitsPerOutput;
    }

    /**
     * The outputs that make so many bits.
     *
     * @param method whose outputs they are, for the sentence
     * @throws InputException if no number of outputs makes them
     */
    int outputs(String method, int bits) {
        if (bits % bitsPerOutput != 0) {
            throw new InputException(method + ": " + word() + " codes take " + bitsPerOutput
                    + " bits for each output, expected a multiple of that, found " + bits + " bits.");
        }
        return bits / bitsPerOutput;
    }

    /** The rule of a saved network. */
    public static CodeRule of(ModelState network) {
        String word = network.words().getOrDefault(Network.CODES, SIGN.word());
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The rule's name in saved models and in option files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Sets the values whose signs are the bits of one image. */
    abstract void fill(float[] x, int from, int units, float[] values, int to);

    /** The values whose signs are the bits: n x bits for outputs of n x units. */
    float[] values(float[] outputs, int units) {
        if (this == SIGN) {
            return outputs;
        }
        int bits = bitsPerOutput * units;
        float[] values = new float[Math.multiplyExact(bitsPerOutput, outputs.length)];
        for (int row = 0; row < outputs.length / units; row++) {
            fill(outputs, row * units, units, values, row * bits);
        }
        return values;
    }
}
