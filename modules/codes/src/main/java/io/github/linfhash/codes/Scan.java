package io.github.linfhash.codes;

import java.util.function.IntToLongFunction;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A comparison of a query with all codes of one moment, block by block. */
final class Scan {
    private final Codes codes;
    private final int width;
    private final @Nullable LongPredicate filter;
    private final Query query;
    private final SearchResult.Nearest nearest;
    private final byte[] block;
    private final long[] ids = new long[BlockQuery.BLOCK];
    private final float[] distances = new float[BlockQuery.BLOCK];

    Scan(Codes codes, int width, Query query, int k, @Nullable LongPredicate filter) {
        this.codes = codes;
        this.width = width;
        this.filter = filter;
        this.query = query;
        this.nearest = new SearchResult.Nearest((int) Math.min(k, codes.size()));
        this.block = new byte[BlockQuery.BLOCK * width];
    }

    /** Finds the nearest codes. */
    SearchResult run() {
        if (codes.size() == 0) {
            return nearest.sorted();
        }
        for (long first = 0; first < codes.stored().size(); ) {
            int count = codes.stored().copy(first, BlockQuery.BLOCK, block);
            scan(block, 0, count, first);
            first += count;
        }
        AddedRows added = codes.added();
        for (long first = 0; first < added.size(); ) {
            int count = added.count(first, BlockQuery.BLOCK);
            scan(added.chunk(first), added.at(first), count, codes.stored().size() + first);
            first += count;
        }
        return nearest.sorted();
    }

    private void scan(byte[] source, int from, int count, long firstRow) {
        if (filter == null && codes.deleted().surelyNone(firstRow, count)) {
            RowIds.View all = codes.ids();
            offer(source, from, count, i -> all.id(firstRow + i));
        } else {
            offer(block, 0, gather(source, from, count, firstRow), i -> ids[i]);
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

    private void offer(byte[] source, int from, int count, IntToLongFunction id) {
        float limit = limit();
        query.distances(source, from, count, limit, distances);
        for (int i = 0; i < count; i++) {
            // Negated, so that NaN, which nothing can be compared with, is offered and refused.
            if (!(distances[i] > limit)) {
                nearest.offer(id.applyAsLong(i), distances[i]);
                limit = limit();
            }
        }
    }

    /** No code that is farther than this is still among the nearest. */
    private float limit() {
        return nearest.isFull() ? nearest.farthest() : Float.POSITIVE_INFINITY;
    }
}
