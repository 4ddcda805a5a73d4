package io.github.linfhash.spark.blocks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Some codes of a database; stays in its task.
 *
 * @param labels their ground truth, if it is read along
 */
public record CodeBlock(
        RowIds ids, BinaryCodes codes, @Nullable Labels labels) {
    /** Codes of a block that a task scans at a time: 512 KiB of 64 bits. */
    public static final int ROWS = 1 << 16;

    /**
     * Returns these rows in the order of their ids.
     *
     * @throws io.github.linfhash.core.errors.InputException if two rows have one id
     */
    public CodeBlock inOrder() {
        if (ids.areAscending()) {
            return this;
        }
        int[] order = ids.ascendingOrder();
        return new CodeBlock(ids.select(order), codes.select(order), labels == null ? null : labels.select(order));
    }
}
