package io.github.linfhash.linalg;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The rows 0..n-1 of a matrix cut into consecutive blocks, so that a product over all rows never needs an n-row result.
 *
 * @param rows n, at least 0
 * @param blockRows rows of a block, at least 1; the last block may have fewer
 */
public record RowBlocks(int rows, int blockRows) {
    private static final int VALUES_PER_BLOCK = 1 << 19;

    public RowBlocks {
        if (rows < 0 || blockRows < 1) {
            throw new IllegalArgumentException(rows + " rows cannot be cut into blocks of " + blockRows);
        }
    }

    /** Blocks of such a size that {@code width} values a row fit into a processor's cache. */
    public static RowBlocks ofWidth(int rows, int width) {
        return new RowBlocks(rows, Math.max(1, VALUES_PER_BLOCK / Math.max(1, width)));
    }

    /** Consecutive rows. */
    public record Block(int from, int size) {}

    /**
     * Computes a result for every block, on all processors.
     *
     * @param compute must depend on its block alone
     * @return the results in the order of the blocks, so that summing them gives the same value for any number of
     *     processors
     */
    public <T> List<T> map(Function<Block, T> compute) {
        return IntStream.range(0, count())
                .parallel()
                .mapToObj(index -> compute.apply(block(index)))
                .toList();
    }

    /** The blocks in order. */
    public List<Block> blocks() {
        return IntStream.range(0, count()).mapToObj(this::block).toList();
    }

    private int count() {
        return (int) (((long) rows + blockRows - 1) / blockRows);
    }

    private Block block(int index) {
        int from = index * blockRows;
        return new Block(from, Math.min(blockRows, rows - from));
    }
}
