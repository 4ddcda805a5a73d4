package io.github.linfhash.spark.parquet;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The elements of lists, one after the other; a list is asked for when the one before it is done. */
final class Flattened<T> implements Iterator<T> {
    private final Iterator<List<T>> lists;
    private Iterator<T> current = Collections.emptyIterator();

    Flattened(Iterator<List<T>> lists) {
        this.lists = lists;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext() && lists.hasNext()) {
            current = lists.next().iterator();
        }
        return current.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }
}
