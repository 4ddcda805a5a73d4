package io.github.linfhash.codes;

import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A comparison of queries with all codes of one moment, block by block; for one thread. */
final class Scan {
    private final Codes codes;
    private final int width;
    private final @Nullable LongPredicate filter;
    private final Query[] queries;
    private final SearchResult.Nearest[] nearest;
    private final byte[] block;
    private final long[] ids = new long[BlockQuery.BLOCK];
    private final float[] distances = new float[BlockQuery.BLOCK];

    Scan(Codes codes, int width, Query[] queries, int k, @Nullable LongPredicate filter) {
        this.codes = codes;
        this.width = width;
        this.filter = filter;
        this.queries = queries;
        this.nearest = new SearchResult.Nearest[queries.length];
        for (int q = 0; q < queries.length; q++) {
            nearest[q] = new SearchResult.Nearest((int) Math.min(k, codes.size()));
        }
        this.block = new byte[BlockQuery.BLOCK * width];
    }

    /** Finds the nearest codes of each query. */
    SearchResult[] run() {
        for (long first = 0; first < codes.stored().size(); ) {
            int count = codes.stored().copy(first, BlockQuery.BLOCK, block);
            scan(block, 0, count, first);
            first += count;
        }
        AddedRows.View added = codes.added();
        for (long first = 0; first < added.size(); ) {
            int count = added.count(first, BlockQuery.BLOCK);
            scan(added.chunk(first), added.at(first), count, codes.stored().size() + first);
            first += count;
        }
        SearchResult[] results = new SearchResult[queries.length];
        for (int q = 0; q < results.length; q++) {
            results[q] = nearest[q].sorted();
        }
        return results;
    }

    private void scan(byte[] source, int from, int count, long firstRow) {
        boolean all = filter == null && codes.deleted().surelyNone(firstRow, count);
        if (all && firstRow + count <= codes.ids().numbered()) {
            for (int i = 0; i < count; i++) {
                ids[i] = firstRow + i;
            }
            offer(source, from, count);
        } else if (all) {
            for (int i = 0; i < count; i++) {
                ids[i] = codes.ids().id(firstRow + i);
            }
            offer(source, from, count);
        } else {
            offer(block, 0, gather(source, from, count, firstRow));
        }
    }

    /** Copies the codes that are searched to the beginning of the block, and returns how many. */
    private int gather(byte[] source, int from, int count, long firstRow) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long row = firstRow + i;
            if (codes.deleted().contains(row)) {
                continue;
            }
            long id = codes.ids().id(row);
            if (filter == null || filter.test(id)) {
                System.arraycopy(source, from + i * width, block, kept * width, width);
                ids[kept++] = id;
            }
        }
        return kept;
    }

    private void offer(byte[] source, int from, int count) {
        for (int q = 0; q < queries.length; q++) {
            queries[q].distances(source, from, count, distances);
            SearchResult.Nearest best = nearest[q];
            float limit = best.limit();
            for (int i = 0; i < count; i++) {
                // Negated, so that NaN, which nothing can be compared with, is offered and refused.
                if (!(distances[i] > limit)) {
                    best.offer(ids[i], distances[i]);
                    limit = best.limit();
                }
            }
        }
    }
}
