package io.github.linfhash.codes;

import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How many codes a search finds, among which, and whether it rescores them; immutable, and safe for threads if its filter and its vectors
 * are.
 *
 * <pre>{@code
 * SearchOptions options = SearchOptions.nearest(10).withFilter(allowed::contains).withRescoring(3, vectors);
 * SearchResult found = index.search(query, options);
 * }</pre>
 */
public final class SearchOptions {
    private final int k;
    private final int oversampling;
    private final @Nullable VectorSource vectors;
    private final @Nullable LongPredicate filter;

    private SearchOptions(int k, int oversampling, @Nullable VectorSource vectors, @Nullable LongPredicate filter) {
        this.k = k;
        this.oversampling = oversampling;
        this.vectors = vectors;
        this.filter = filter;
    }

    /**
     * Finds the nearest codes.
     *
     * @param k at least 1; there are fewer results if there are fewer codes
     * @throws IllegalArgumentException if k is less than 1
     */
    public static SearchOptions nearest(int k) {
        requirePositive("k", k);
        return new SearchOptions(k, 1, null, null);
    }

    /**
     * Finds the best k * oversampling codes, and of these the k nearest by the exact distance of their full-precision vectors ({@link
     * Similarity#distance}).
     *
     * @param oversampling at least 1
     * @param vectors by the ids of the index, such as a {@link VectorFile}
     * @throws IllegalArgumentException if oversampling is less than 1
     * @throws NullPointerException if there are no vectors, without which nothing would be rescored
     */
    public SearchOptions withRescoring(int oversampling, VectorSource vectors) {
        requirePositive("oversampling", oversampling);
        return new SearchOptions(k, oversampling, Objects.requireNonNull(vectors, "vectors"), filter);
    }

    /**
     * Finds only codes whose ids the filter accepts. It is asked once for each code of the index that was not deleted, before distances
     * are computed, so that it should be cheap, such as a look at a {@link java.util.BitSet}.
     *
     * @param filter safe for threads if searches run in several
     * @throws NullPointerException if it is null, which would find all codes
     */
    public SearchOptions withFilter(LongPredicate filter) {
        return new SearchOptions(k, oversampling, vectors, Objects.requireNonNull(filter, "filter"));
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("expected " + name + " of at least 1, found " + value);
        }
    }

    int k() {
        return k;
    }

    /** How many codes are rescored, or else found. */
    int candidates() {
        return (int) Math.min((long) k * oversampling, Integer.MAX_VALUE);
    }

    @Nullable VectorSource vectors() {
        return vectors;
    }

    @Nullable LongPredicate filter() {
        return filter;
    }
}
