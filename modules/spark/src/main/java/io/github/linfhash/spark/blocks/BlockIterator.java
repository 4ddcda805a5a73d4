package io.github.linfhash.spark.blocks;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads one block when it is asked for, and holds no other. */
public abstract class BlockIterator<B> implements Iterator<B> {
    private @Nullable B next;
    private boolean ended;

    /** The next block, or null at the end. */
    protected abstract @Nullable B read();

    @Override
    public final boolean hasNext() {
        if (next == null && !ended) {
            next = read();
            ended = next == null;
        }
        return next != null;
    }

    @Override
    public final B next() {
        B block = hasNext() ? next : null;
        if (block == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return block;
    }
}
