package io.github.linfhash.spark.shards;

import io.github.linfhash.core.features.Labels;
import io.github.linfhash.protocols.npy.LabelArrays;
import io.github.linfhash.protocols.npy.NpyRows;
import io.github.linfhash.spark.blocks.BlockIterator;
import io.github.linfhash.spark.blocks.RowIds;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** Reads a file block by block inside a task, and its labels along with it; the task's end closes the files. */
abstract class ShardBlocks<B> extends BlockIterator<B> {
    private final Shard shard;
    private final int rowsOfBlock;
    private final NpyRows rows;
    private final @Nullable NpyRows labels;

    ShardBlocks(LabelledShard pair, int rowsOfBlock) {
        this.shard = pair.data();
        this.rowsOfBlock = rowsOfBlock;
        this.rows = open(pair.data());
        this.labels = pair.labels() == null ? null : open(pair.labels());
    }

    private static NpyRows open(Shard shard) {
        NpyRows rows = NpyRows.open(shard.path());
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> rows.close());
        return rows;
    }

    @Override
    protected final @Nullable B read() {
        long first = shard.firstRow() + rows.position();
        int count = Math.min(rowsOfBlock, rows.rows() - rows.position());
        if (count == 0) {
            return null;
        }
        @Nullable Labels truth = labels == null ? null : LabelArrays.next(labels, count);
        return block(RowIds.from(first, count), rows, count, truth);
    }

    /** The block that the next so many rows make. */
    abstract B block(RowIds ids, NpyRows from, int count, @Nullable Labels truth);
}
