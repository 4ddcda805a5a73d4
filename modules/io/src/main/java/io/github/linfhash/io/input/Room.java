package io.github.linfhash.io.input;

import io.github.linfhash.core.errors.InputException;

/** Whether a matrix of float32 fits into memory, asked before it is made. */
public final class Room {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 64;

    private Room() {}

    /**
     * Checks that a matrix takes at most half of the heap, so that there is room to center and split it.
     *
     * @param file the file that holds it, for the message
     * @return the number of its values
     * @throws InputException if it is larger
     */
    public static int require(String file, long rows, long dimension) {
        long limit = Math.min(LARGEST_ARRAY, Runtime.getRuntime().maxMemory() / 2 / Float.BYTES);
        if (dimension > limit || rows * dimension > limit) {
            throw new InputException(file + " does not fit into memory: expected at most " + limit
                    + " values, half of the heap (LINFHASH_HEAP makes it larger), found " + rows + " rows of "
                    + dimension);
        }
        return (int) (rows * dimension);
    }
}
