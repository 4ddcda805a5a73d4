package io.github.linfhash.codes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjLongConsumer;

/**
 * The {@linkplain Block blocks} of an index, in memory off the heap: the rows of its codes, from the first on, as far as they fill blocks. A row
 * never changes, so that searches of any moment read the same blocks. They take about as much memory as the codes, and at most a quarter of what
 * the Java heap may: rows beyond are scanned as they lie in their file.
 */
final class CodeBlocks {
    /** A search makes new blocks where rows for at least one in so many were added, so that there are few parts and few rows without blocks. */
    private static final int GROWTH = 32;

    private static final int MOST_OF_PART = 1 << 26;
    private static final int PART_OF_HEAP = 4;

    private final CodeScheme scheme;
    private final ReentrantLock turning = new ReentrantLock();
    private volatile Turned turned = new Turned(List.of(), 0);
    /** Guarded by the lock. */
    private long most = Long.MAX_VALUE;

    /** Parts, and how many blocks they contain. */
    private record Turned(List<Block.Stored> parts, long blocks) {}

    CodeBlocks(CodeScheme scheme) {
        this.scheme = scheme;
    }

    /**
     * Visits all blocks of some codes, after making those that are missing, unless another search does so at the moment.
     *
     * @param again whether the visitor reads the words of a block more than once
     * @param visitor takes each block, and the row of its first code
     * @return the number of rows that were visited
     */
    long visit(IndexSnapshot codes, boolean again, ObjLongConsumer<Block> visitor) {
        Block.Shape shape = codes.rows() < Block.CODES ? null : scheme.blocks();
        if (shape == null) {
            return 0;
        }
        turn(codes, shape);
        // Two, as loops over columns read as many at a time.
        Block block = again ? new Block(shape) : new Block(shape, 2);
        long row = 0;
        for (Block.Stored part : turned.parts()) {
            for (int b = 0; b < part.blocks() && row + Block.CODES <= codes.rows(); b++, row += Block.CODES) {
                block.read(part, b);
                visitor.accept(block, row);
            }
        }
        return row;
    }

    private void turn(IndexSnapshot codes, Block.Shape ofBlocks) {
        if (full(codes) || !turning.tryLock()) {
            return;
        }
        try {
            most = Math.min(most, Runtime.getRuntime().maxMemory() / PART_OF_HEAP / ofBlocks.size());
            long wanted = Math.min(codes.rows() / Block.CODES, most);
            while (!full(codes) && turned.blocks() < wanted) {
                long atOnce = Math.max(1, MOST_OF_PART / ofBlocks.size());
                Block.Stored part = Block.Stored.of(ofBlocks, (int) Math.min(wanted - turned.blocks(), atOnce));
                fill(codes, part);
                List<Block.Stored> parts = new ArrayList<>(turned.parts());
                parts.add(part);
                turned = new Turned(List.copyOf(parts), turned.blocks() + part.blocks());
            }
        } catch (OutOfMemoryError e) {
            // A search needs no blocks: it goes on with those that there are.
            most = turned.blocks();
        } finally {
            turning.unlock();
        }
    }

    /** Returns whether too few rows were added to make blocks of. */
    private boolean full(IndexSnapshot codes) {
        long blocks = turned.blocks();
        return codes.rows() / Block.CODES - blocks <= blocks / GROWTH;
    }

    private void fill(IndexSnapshot codes, Block.Stored part) {
        byte[] rows = new byte[Block.CODES * scheme.bytes()];
        Block block = new Block(part.shape());
        for (int b = 0; b < part.blocks(); b++) {
            codes.copy((turned.blocks() + b) * Block.CODES, Block.CODES, rows);
            scheme.turn(rows, block);
            block.write(part, b);
        }
    }
}
