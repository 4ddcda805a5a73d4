package io.github.linfhash.encoders.quantization;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import org.apache.commons.rng.UniformRandomProvider;

/** What may happen to each entry of a binary code, independently of all others. */
public enum CodeNoise {
    /** The entry becomes the other one. */
    FLIP {
        @Override
        int damage(int value, int mask) {
            return value ^ mask;
        }
    },
    /** The entry is lost and read as 0. */
    LOSS {
        @Override
        int damage(int value, int mask) {
            return value & ~mask;
        }
    };

    /**
     * Damages each bit with the same probability.
     *
     * @param share the probability, from 0 to 1
     * @return as many codes of as many bits
     * @throws InputException if the share is out of its range
     */
    public BinaryCodes apply(BinaryCodes codes, double share, UniformRandomProvider random) {
        if (!(share >= 0 && share <= 1)) {
            throw new InputException("The share of damaged code entries must be from 0 to 1, found " + share + ".");
        }
        byte[] bytes = codes.toBytes();
        int width = (codes.bits() + 7) >> 3;
        for (int k = 0; k < bytes.length; k++) {
            int mask = 0;
            int used = Math.min(8, codes.bits() - 8 * (k % width));
            for (int b = 0; b < used; b++) {
                mask |= random.nextDouble() < share ? 1 << b : 0;
            }
            bytes[k] = (byte) damage(bytes[k], mask);
        }
        return BinaryCodes.ofBytes(codes.size(), codes.bits(), bytes);
    }

    /** The value with the bits under the mask damaged. */
    abstract int damage(int value, int mask);
}
