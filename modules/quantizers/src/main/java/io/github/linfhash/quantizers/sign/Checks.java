package io.github.linfhash.quantizers.sign;

import io.github.linfhash.core.errors.InputException;

/** Checks of the number of bits. */
final class Checks {
    private static final int MOST = 1 << 16;

    private Checks() {}

    static void bits(String name, int bits) {
        if (bits < 1 || bits > MOST) {
            throw new InputException(name + ": bits must lie between 1 and " + MOST + ", not " + bits);
        }
    }

    static void atMost(String name, int bits, int dimension) {
        if (bits > dimension) {
            throw new InputException(name + ": a code of " + bits + " bits needs vectors of dimension " + bits
                    + " or more, but these have " + dimension);
        }
    }
}
