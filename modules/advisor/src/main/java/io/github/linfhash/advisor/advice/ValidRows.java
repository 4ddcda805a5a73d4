package io.github.linfhash.advisor.advice;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** The valid vectors of a file or an array, by their place among these. */
public final class ValidRows {
    private final int given;
    private final int[] invalid;

    /**
     * Leaves out invalid vectors.
     *
     * @param given the number of all vectors
     * @param invalid the numbers of those that are left out
     */
    public ValidRows(int given, BitSet invalid) {
        this.given = given;
        this.invalid = invalid.stream().toArray();
    }

    /** Returns the number of valid vectors. */
    public int size() {
        return given - invalid.length;
    }

    /** Returns the number of all vectors. */
    public int given() {
        return given;
    }

    /** Returns the numbers of the invalid vectors, ascending. */
    public List<Integer> invalid() {
        return IntStream.of(invalid).boxed().toList();
    }

    /** Returns the number of a valid vector among all vectors. */
    public int row(int place) {
        // Before the vector are those invalid ones before which there are at most so many valid ones.
        int low = 0;
        int high = invalid.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (invalid[middle] - middle <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return place + low;
    }

    /** Returns the numbers of all valid vectors, ascending. */
    public int[] all() {
        return IntStream.range(0, size()).map(this::row).toArray();
    }
}
