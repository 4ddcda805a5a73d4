package io.github.linfhash.codes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A comparison of some queries with all codes of one moment: block by block, and each block with all queries while it is in the cache. */
final class Scan {
    /** Where a filter leaves fewer codes of a block than one in so many, they are gathered and compared without the others. */
    private static final int SPARSE = 8;

    private final IndexSnapshot codes;
    private final int width;
    private final @Nullable LongPredicate filter;
    private final List<Query> queries;
    private final List<SearchResult.Nearest> nearest = new ArrayList<>();
    private final byte[] rows;
    private final int[] kept = new int[Block.CODES];
    private final float[] distances = new float[Block.CODES];

    Scan(IndexSnapshot codes, int width, List<Query> queries, int k, @Nullable LongPredicate filter) {
        this.codes = codes;
        this.width = width;
        this.filter = filter;
        this.queries = queries;
        this.rows = new byte[Block.CODES * width];
        for (int q = 0; q < queries.size(); q++) {
            nearest.add(new SearchResult.Nearest((int) Math.min(k, codes.size())));
        }
    }

    /** Finds the nearest codes of each query. */
    List<SearchResult> run() {
        if (codes.size() > 0) {
            long first = codes.blocks().visit(codes, queries.size() > 1, this::compare);
            for (; first < codes.rows(); first += Block.CODES) {
                compare(null, first);
            }
        }
        return nearest.stream().map(SearchResult.Nearest::sorted).toList();
    }

    /** Compares all queries with the codes of a block, or with those that lie there. */
    private void compare(@Nullable Block block, long first) {
        int count = (int) Math.min(Block.CODES, codes.rows() - first);
        boolean all = filter == null && codes.deleted().surelyNone(first, count);
        int left = all ? count : keep(first, count);
        if (left == 0) {
            return;
        }
        boolean gathered = left < count && (block == null || left < count / SPARSE);
        Block whole = gathered ? null : block;
        if (whole == null || whole.rows.length > 0) {
            codes.copy(first, count, whole == null ? rows : whole.rows);
        }
        for (int i = 0; gathered && i < left; i++) {
            System.arraycopy(rows, kept[i] * width, rows, i * width, width);
        }
        for (int q = 0; q < queries.size(); q++) {
            SearchResult.Nearest of = nearest.get(q);
            float limit = limit(of);
            if (whole == null) {
                queries.get(q).distances(rows, 0, left, limit, distances);
            } else if (!queries.get(q).distances(whole, limit, distances)) {
                continue;
            }
            for (int i = 0; i < left; i++) {
                float distance = distances[left == count || gathered ? i : kept[i]];
                // Negated, so that NaN, which nothing can be compared with, is offered and refused.
                if (!(distance > limit)) {
                    of.offer(codes.ids().id(first + (left == count ? i : kept[i])), distance);
                    limit = limit(of);
                }
            }
        }
    }

    /** Finds the places in a block of the codes that are searched, and returns how many there are. */
    private int keep(long first, int count) {
        int left = 0;
        for (int i = 0; i < count; i++) {
            long row = first + i;
            if (!codes.deleted().contains(row)
                    && (filter == null || filter.test(codes.ids().id(row)))) {
                kept[left++] = i;
            }
        }
        return left;
    }

    /** No code that is farther than this is still among the nearest. */
    private static float limit(SearchResult.Nearest of) {
        return of.isFull() ? of.farthest() : Float.POSITIVE_INFINITY;
    }
}
