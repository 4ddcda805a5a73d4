package io.github.linfhash.codes;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds nearest neighbors in Hamming distance, exactly, by scanning the whole database for each query; queries run in
 * parallel, and memory grows with the answers alone.
 */
public final class HammingSearch {
    private HammingSearch() {}

    /**
     * The k nearest database codes of each query; of codes at the same distance, those with the lower ids.
     *
     * @param k from 1 to the number of database codes
     * @throws IllegalArgumentException if the code lengths differ, the database is empty, or k is out of range
     */
    public static HammingNeighbors nearest(BinaryCodes queries, BinaryCodes database, int k) {
        if (queries.bits() != database.bits()) {
            throw new IllegalArgumentException("expected queries and database with codes of the same length, found "
                    + queries.bits() + " and " + database.bits() + " bits");
        }
        if (database.size() == 0) {
            throw new IllegalArgumentException("expected a database of at least one code, found an empty one");
        }
        if (k < 1 || k > database.size()) {
            throw new IllegalArgumentException(
                    "expected from 1 to " + database.size() + " neighbors, the number of database codes, found " + k);
        }
        long[] ids = new long[Math.multiplyExact(queries.size(), k)];
        int[] distances = new int[ids.length];
        long[] words = database.toWords();
        IntStream.range(0, queries.size()).parallel().forEach(q -> {
            Candidates candidates = new Candidates(k, queries.bits());
            scan(query(queries, q), words, candidates);
            candidates.writeTo(ids, distances, q * k);
        });
        return HammingNeighbors.owning(queries.size(), k, ids, distances);
    }

    private static long[] query(BinaryCodes queries, int q) {
        long[] query = new long[queries.words()];
        for (int w = 0; w < query.length; w++) {
            query[w] = queries.word(q, w);
        }
        return query;
    }

    private static void scan(long[] query, long[] database, Candidates candidates) {
        switch (query.length) {
            case 1 -> scanOne(query[0], database, candidates);
            case 2 -> scanTwo(query[0], query[1], database, candidates);
            default -> scanMany(query, database, candidates);
        }
    }

    private static void scanOne(long query, long[] database, Candidates candidates) {
        int limit = candidates.limit();
        for (int i = 0; i < database.length; i++) {
            int distance = Long.bitCount(query ^ database[i]);
            if (distance < limit) {
                candidates.add(i, distance);
                limit = candidates.limit();
            }
        }
    }

    private static void scanTwo(long first, long second, long[] database, Candidates candidates) {
        int limit = candidates.limit();
        for (int i = 0; i < database.length / 2; i++) {
            int distance = Long.bitCount(first ^ database[2 * i]) + Long.bitCount(second ^ database[2 * i + 1]);
            if (distance < limit) {
                candidates.add(i, distance);
                limit = candidates.limit();
            }
        }
    }

    private static void scanMany(long[] query, long[] database, Candidates candidates) {
        int limit = candidates.limit();
        int words = query.length;
        for (int i = 0, at = 0; at < database.length; i++, at += words) {
            int distance = 0;
            int w = 0;
            for (; w + 4 <= words; w += 4) {
                distance += Long.bitCount(query[w] ^ database[at + w])
                        + Long.bitCount(query[w + 1] ^ database[at + w + 1])
                        + Long.bitCount(query[w + 2] ^ database[at + w + 2])
                        + Long.bitCount(query[w + 3] ^ database[at + w + 3]);
            }
            for (; w < words; w++) {
                distance += Long.bitCount(query[w] ^ database[at + w]);
            }
            if (distance < limit) {
                candidates.add(i, distance);
                limit = candidates.limit();
            }
        }
    }

    /**
     * Gathers the k nearest of the codes that are offered in the order of their ids.
     *
     * <p>Once k codes are gathered, a later one only matters if it is nearer than the k-th of them, for at the same distance
     * the lower id comes first. {@link #limit} says so before anything is stored, and falls as the scan goes on: a scan of n
     * codes in random order stores about k (1 + ln(n / k)) of them.
     */
    private static final class Candidates {
        private static final int SPARE = 16;

        private final int wanted;
        private final int[] counts;
        private int[] ids;
        private int[] distances;
        private int size;
        private int limit;
        private int nearer;

        /** For k neighbors among codes of so many bits. */
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
}
