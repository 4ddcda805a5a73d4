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
        try (Batches batches = new Batches(device, database)) {
            int levels = queries.bits() + 1;
            int[] all = new int[Math.multiplyExact(queries.size(), levels)];
            int[] relevant = new int[all.length];
            for (int from = 0; from < queries.size(); from += QUERIES) {
                int[] counts = batches.count(queries, from, relevance);
                for (int i = 0; i < counts.length; i++) {
                    int place = (from + i / (2 * levels * batches.parts)) * levels + i % (2 * levels) / 2;
                    all[place] += counts[i];
                    relevant[place] += i % 2 == 1 ? counts[i] : 0;
                }
            }
            return new DistanceHistograms(queries.size(), queries.bits(), all, relevant);
        }
    }

    /** A database on a device, and arrays for some queries at a time. */
    private static final class Batches implements AutoCloseable {
        final int parts;
        private final int rows;
        private final int entries;
        private final OpenClSession session;
        private final Array database;
        private final Array queries;
        private final Array relevant;
        private final Array scratch;
        private final Array counts;

        Batches(OpenClDevice device, BinaryCodes codes) {
            this.rows = codes.size();
            this.entries = 2 * (codes.bits() + 1);
            this.parts = Math.max(1, Math.min(MOST_PARTS, rows / ROWS_OF_PART));
            this.session =
                    new OpenClSession(device, "distances.cl", Map.of("BITS", codes.bits(), "WORDS", 2 * codes.words()));
            try {
                this.database = session.ints(OpenClScan.words(codes, 0, rows));
                this.queries = session.zeros(2L * QUERIES * codes.words(), Integer.BYTES);
                this.relevant = session.zeros(((long) QUERIES * rows + 3) / 4, Integer.BYTES);
                this.scratch = session.zeros((long) QUERIES * parts * ITEMS * entries, Short.BYTES);
                this.counts = session.zeros((long) QUERIES * parts * entries, Integer.BYTES);
            } catch (RuntimeException e) {
                session.close();
                throw e;
            }
        }

        /** For each query and part of the database, counts by distance and relevance, the relevant ones at odd places. */
        int[] count(BinaryCodes codes, int from, Relevance relevance) {
            int some = Math.min(QUERIES, codes.size() - from);
            byte[] flags = new byte[Math.multiplyExact(some, rows)];
            byte[] ofQuery = new byte[rows];
            for (int q = 0; q < some; q++) {
                relevance.mark(from + q, 0, rows, ofQuery);
                System.arraycopy(ofQuery, 0, flags, q * rows, rows);
            }
            session.write(queries, OpenClScan.words(codes, from, some));
            session.write(relevant, flags);
            session.run(
                    "countDistances",
                    List.of(1, parts, some),
                    List.of(ITEMS, 1, 1),
                    queries,
                    database,
                    relevant,
                    scratch,
                    counts,
                    rows);
            int[] read = new int[some * parts * entries];
            session.read(counts, read);
            return read;
        }

        @Override
        public void close() {
            session.close();
        }
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
