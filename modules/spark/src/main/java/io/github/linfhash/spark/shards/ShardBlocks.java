package io.github.linfhash.spark.shards;

import io.github.linfhash.core.features.Labels;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.io.npy.NpyRows;
import io.github.linfhash.spark.blocks.BlockIterator;
import io.github.linfhash.spark.blocks.RowIds;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** Reads a file block by block inside a task, and its labels along with it; the task's end closes the files. */
abstract class ShardBlocks<B> extends BlockIterator<B> {
    private final Shard shard;
    private final int rowsOfBlock;
    private final NpyRows rows;
    private final Iterator<Shard> labelFiles;
    private @Nullable NpyRows labels;

    ShardBlocks(LabeledShard pair, int rowsOfBlock) {
        this.shard = pair.data();
        this.rowsOfBlock = rowsOfBlock;
        this.rows = open(pair.data());
        this.labelFiles = pair.labels().iterator();
    }

    private static NpyRows open(Shard shard) {
        NpyRows rows = NpyRows.open(shard.path());
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> rows.close());
        return rows;
    }

    @Override
    protected final @Nullable B read() {
        long first = shard.firstRow() + rows.position();
        int count = Math.min(rowsOfBlock, left(rows));
        if (count == 0) {
            return null;
        }
        @Nullable NpyRows truth = labelsFrom(first);
        if (truth == null) {
            return block(RowIds.from(first, count), rows, count, null);
        }
        // A block ends where the file of its labels does.
        int labeled = Math.min(count, left(truth));
        return block(RowIds.from(first, labeled), rows, labeled, LabelArrays.next(truth, labeled));
    }

    private static int left(NpyRows file) {
        return file.rows() - file.position();
    }

    /** The file of labels at the label of a row, or null if there are none. */
    private @Nullable NpyRows labelsFrom(long row) {
        if ((labels == null || left(labels) == 0) && labelFiles.hasNext()) {
            Shard file = labelFiles.next();
            labels = open(file);
            labels.skip((int) (row - file.firstRow()));
        }
        return labels;
    }

    /** The block that the next so many rows make. */
    abstract B block(RowIds ids, NpyRows from, int count, @Nullable Labels truth);
}
