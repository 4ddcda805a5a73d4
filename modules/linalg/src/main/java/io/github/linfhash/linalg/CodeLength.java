package io.github.linfhash.linalg;

import io.github.linfhash.core.errors.InputException;

/** Checks of the code length N that a method is asked for. */
public final class CodeLength {
    private CodeLength() {}

    /**
     * The check for methods that can make codes of any length.
     *
     * @throws IllegalArgumentException if {@code bits} is less than 1
     */
    public static void requirePositive(int bits) {
        if (bits < 1) {
            throw new IllegalArgumentException("a code needs at least one bit, not " + bits);
        }
    }

    /**
     * The check for methods whose bits are orthogonal directions or single features.
     *
     * @throws IllegalArgumentException if {@code bits} is less than 1
     * @throws InputException if {@code bits} is greater than the dimension d of the features
     */
    public static void requireAtMost(int bits, int dimension, String method) {
        requirePositive(bits);
        if (bits > dimension) {
            throw new InputException(method + ": a code of " + bits + " bits needs features of dimension " + bits
                    + " or more, but these have " + dimension + "; ask for " + dimension + " bits or fewer");
        }
    }
}
