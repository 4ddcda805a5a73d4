package io.github.linfhash.spark.parquet;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.spark.blocks.FeatureBlock;
import io.github.linfhash.spark.blocks.RowIds;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Makes blocks of rows of a table.
 *
 * @param path names the table for messages
 * @param id the place of the ids in a row
 * @param features the place of the vectors in a row
 * @param dimension d
 */
record VectorRows(String path, int id, int features, int dimension) implements Serializable {
    FeatureBlock block(List<Row> rows) {
        long[] ids = new long[rows.size()];
        float[] values = new float[Math.multiplyExact(rows.size(), dimension)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ParquetTable.whole(path, rows.get(i), id, ParquetTable.ID);
            read(rows.get(i), ids[i], values, i * dimension);
        }
        return new FeatureBlock(RowIds.owning(ids), FeatureMatrix.owning(ids.length, dimension, values), null);
    }

    private void read(Row row, long name, float[] values, int at) {
        @Nullable List<? extends @Nullable Number> vector = row.isNullAt(features) ? null : row.getList(features);
        if (vector == null || vector.size() != dimension) {
            throw new InputException(path + ", id " + name + ": expected a vector of dimension " + dimension
                    + ", found " + (vector == null ? "null" : "dimension " + vector.size()));
        }
        int j = at;
        for (Number value : vector) {
            if (value == null || !Float.isFinite(value.floatValue())) {
                throw new InputException(path + ", id " + name + ", value " + (j - at)
                        + " (counted from 0): expected a finite float32 number, found " + value);
            }
            values[j++] = value.floatValue();
        }
    }
}
