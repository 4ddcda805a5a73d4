package io.github.linfhash.spark.parquet;

import io.github.linfhash.spark.blocks.BlockIterator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Groups the rows of a Spark partition into batches, and makes a block of each. */
final class RowBatches<B> extends BlockIterator<B> {
    private final Iterator<Row> rows;
    private final int rowsOfBlock;
    private final Function<List<Row>, B> make;

    RowBatches(Iterator<Row> rows, int rowsOfBlock, Function<List<Row>, B> make) {
        this.rows = rows;
        this.rowsOfBlock = rowsOfBlock;
        this.make = make;
    }

    @Override
    protected @Nullable B read() {
        List<Row> block = new ArrayList<>();
        while (block.size() < rowsOfBlock && rows.hasNext()) {
            block.add(rows.next());
        }
        return block.isEmpty() ? null : make.apply(block);
    }
}
