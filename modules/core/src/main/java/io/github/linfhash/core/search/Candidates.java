package io.github.linfhash.core.search;

import java.util.Arrays;

/**
 * Gathers the k nearest of the codes that are offered in the order of their ids.
 *
 * <p>Once k codes are gathered, a later one only matters if it is nearer than the k-th of them, for at the same distance
 * the lower id comes first. {@link #limit} says so before anything is stored, and falls as the scan goes on: a scan of n
 * codes in random order stores about k (1 + ln(n / k)) of them.
 */
final class Candidates {
    private static final int SPARE = 16;

    private final int wanted;
    private final int[] counts;
    private int[] ids;
    private int[] distances;
    private int size;
    private int limit;
    private int nearer;

    /** For k neighbours among codes of so many bits. */
    Candidates(int wanted, int bits) {
        this.wanted = wanted;
        this.counts = new int[bits + 1];
        this.ids = new int[wanted + SPARE];
        this.distances = new int[wanted + SPARE];
        this.limit = bits + 1;
    }

    /** Only codes at a smaller distance than this can still be among the k nearest. */
    int limit() {
        return limit;
    }

    /** Stores a code at a distance below the limit. */
    void add(int id, int distance) {
        if (size == ids.length) {
            int larger = size + size / 2 + SPARE;
            ids = Arrays.copyOf(ids, larger);
            distances = Arrays.copyOf(distances, larger);
        }
        ids[size] = id;
        distances[size++] = distance;
        counts[distance]++;
        nearer++;
        // "nearer" counts what lies below the limit; with k of them, the farthest level cannot take any more.
        while (nearer >= wanted) {
            limit--;
            nearer -= counts[limit];
        }
    }

    /** Writes the k nearest to both targets from an offset on, by counting sort. */
    void writeTo(long[] targetIds, int[] targetDistances, int offset) {
        int[] next = new int[counts.length];
        int sum = 0;
        for (int d = 0; d < counts.length; d++) {
            next[d] = sum;
            sum += counts[d];
        }
        for (int i = 0; i < size; i++) {
            int at = next[distances[i]]++;
            if (at < wanted) {
                targetIds[offset + at] = ids[i];
                targetDistances[offset + at] = distances[i];
            }
        }
    }
}
