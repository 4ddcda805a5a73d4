package io.github.linfhash.opencl.device;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.opencl.device.OpenClSession.Array;
import java.util.List;
import java.util.Map;

/**
 * Counts distances between queries and a database on an OpenCL device: what core's HammingScan counts, to the last count. Each
 * work-item has counters of its own, which are added up in the end, so that nothing is counted by two at once.
 */
public final class OpenClScan {
    private static final int ITEMS = 64;
    private static final int QUERIES = 64;
    private static final int ROWS_OF_PART = 4096;
    private static final int MOST_PARTS = 64;

    private OpenClScan() {}

    /**
     * Scans the whole database for each query.
     *
     * @throws IllegalArgumentException if the code lengths differ, or the relevance has other sizes than the codes
     */
    public static DistanceHistograms scan(
            OpenClDevice device, BinaryCodes queries, BinaryCodes database, Relevance relevance) {
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
        Map<String, Object> defines = Map.of("BITS", queries.bits(), "WORDS", 2 * queries.words());
        int parts = Math.max(1, Math.min(MOST_PARTS, database.size() / ROWS_OF_PART));
        for (int from = 0; from < queries.size(); from += QUERIES) {
            int count = Math.min(QUERIES, queries.size() - from);
            try (OpenClSession session = new OpenClSession(device, "distances.cl", defines)) {
                int[] counts = count(session, queries, from, count, database, relevance, parts);
                for (int i = 0; i < counts.length; i++) {
                    int query = from + i / (2 * levels * parts);
                    int distance = i % (2 * levels) / 2;
                    all[query * levels + distance] += counts[i];
                    relevant[query * levels + distance] += i % 2 == 1 ? counts[i] : 0;
                }
            }
        }
        return new DistanceHistograms(queries.size(), queries.bits(), all, relevant);
    }

    /** For each query and part of the database, counts by distance and relevance, the relevant ones at odd places. */
    private static int[] count(
            OpenClSession session,
            BinaryCodes queries,
            int from,
            int count,
            BinaryCodes database,
            Relevance relevance,
            int parts) {
        int rows = database.size();
        byte[] flags = new byte[Math.multiplyExact(count, rows)];
        byte[] ofQuery = new byte[rows];
        for (int q = 0; q < count; q++) {
            relevance.mark(from + q, 0, rows, ofQuery);
            System.arraycopy(ofQuery, 0, flags, q * rows, rows);
        }
        int entries = 2 * (queries.bits() + 1);
        Array scratch = session.zeros((long) count * parts * ITEMS * entries, Short.BYTES);
        Array counts = session.zeros((long) count * parts * entries, Integer.BYTES);
        session.run(
                "countDistances",
                List.of(1, parts, count),
                List.of(ITEMS, 1, 1),
                session.ints(words(queries, from, count)),
                session.ints(words(database, 0, rows)),
                session.bytes(flags),
                scratch,
                counts,
                rows);
        int[] read = new int[count * parts * entries];
        session.read(counts, read);
        return read;
    }

    /** Codes as words of 32 bits. */
    private static int[] words(BinaryCodes codes, int from, int count) {
        int[] words = new int[Math.multiplyExact(count, 2 * codes.words())];
        for (int i = 0; i < count; i++) {
            for (int w = 0; w < codes.words(); w++) {
                long word = codes.word(from + i, w);
                words[2 * (i * codes.words() + w)] = (int) word;
                words[2 * (i * codes.words() + w) + 1] = (int) (word >>> Integer.SIZE);
            }
        }
        return words;
    }
}
