package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.Relevance;
import java.util.stream.IntStream;

/**
 * Counts distances between queries and database: one pass over the database for each query, no sort and no distance
 * matrix. Queries run in parallel; the counts are integers, so the result does not depend on the number of threads.
 */
public final class HammingScan {
    private HammingScan() {}

    /**
     * Scans the whole database for each query.
     *
     * @throws IllegalArgumentException if the code lengths differ, or the relevance has other sizes than the codes
     */
    public static DistanceHistograms scan(BinaryCodes queries, BinaryCodes database, Relevance relevance) {
        if (queries.bits() != database.bits()) {
            throw new IllegalArgumentException(
                    "the query codes have " + queries.bits() + " bits, the database codes " + database.bits());
        }
        if (relevance.queries() != queries.size() || relevance.databaseRows() != database.size()) {
            throw new IllegalArgumentException("relevance is known for " + relevance.queries() + " x "
                    + relevance.databaseRows() + " pairs, the codes make " + queries.size() + " x " + database.size());
        }
        int levels = queries.bits() + 1;
        int[] all = new int[Math.multiplyExact(queries.size(), levels)];
        int[] relevant = new int[all.length];
        long[] words = database.toWords();
        IntStream.range(0, queries.size()).parallel().forEach(q -> {
            byte[] flags = new byte[database.size()];
            relevance.mark(q, flags);
            long[] counts = count(queries, q, words, flags);
            for (int d = 0; d < levels; d++) {
                all[q * levels + d] = (int) counts[d];
                relevant[q * levels + d] = (int) (counts[d] >>> 32);
            }
        });
        return new DistanceHistograms(queries.size(), queries.bits(), all, relevant);
    }

    /** Counts by distance: all codes in the low 32 bits of an entry, the relevant ones in the high 32 bits. */
    private static long[] count(BinaryCodes queries, int q, long[] database, byte[] flags) {
        // Two tables, so that neighbouring codes at the same distance do not wait for each other's increment.
        long[] even = new long[queries.bits() + 1];
        long[] odd = new long[queries.bits() + 1];
        if (queries.words() == 1) {
            countShort(queries.word(q, 0), database, flags, even, odd);
        } else {
            countLong(queries, q, database, flags, even, odd);
        }
        for (int d = 0; d < even.length; d++) {
            even[d] += odd[d];
        }
        return even;
    }

    private static void countShort(long query, long[] database, byte[] flags, long[] even, long[] odd) {
        int last = database.length - 1;
        for (int i = 0; i < last; i += 2) {
            even[Long.bitCount(query ^ database[i])] += 1L + ((long) flags[i] << 32);
            odd[Long.bitCount(query ^ database[i + 1])] += 1L + ((long) flags[i + 1] << 32);
        }
        if ((database.length & 1) == 1) {
            even[Long.bitCount(query ^ database[last])] += 1L + ((long) flags[last] << 32);
        }
    }

    private static void countLong(BinaryCodes queries, int q, long[] database, byte[] flags, long[] even, long[] odd) {
        int words = queries.words();
        long[] query = new long[words];
        for (int w = 0; w < words; w++) {
            query[w] = queries.word(q, w);
        }
        int last = flags.length - 1;
        for (int i = 0; i < last; i += 2) {
            int at = i * words;
            even[distance(query, database, at)] += 1L + ((long) flags[i] << 32);
            odd[distance(query, database, at + words)] += 1L + ((long) flags[i + 1] << 32);
        }
        if ((flags.length & 1) == 1) {
            even[distance(query, database, last * words)] += 1L + ((long) flags[last] << 32);
        }
    }

    /** The distance between a query and the database code that starts at a word; four words a step. */
    private static int distance(long[] query, long[] database, int at) {
        int distance = 0;
        int w = 0;
        for (; w + 4 <= query.length; w += 4) {
            distance += Long.bitCount(query[w] ^ database[at + w])
                    + Long.bitCount(query[w + 1] ^ database[at + w + 1])
                    + Long.bitCount(query[w + 2] ^ database[at + w + 2])
                    + Long.bitCount(query[w + 3] ^ database[at + w + 3]);
        }
        for (; w < query.length; w++) {
            distance += Long.bitCount(query[w] ^ database[at + w]);
        }
        return distance;
    }
}
