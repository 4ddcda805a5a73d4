package io.github.linfhash.spark.parquet;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.spark.blocks.FeatureBlock;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.blocks.RowIds;
import io.github.linfhash.spark.encoding.BlockEncoding;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Features in Parquet: the columns {@code id} (whole numbers) and {@code features} (arrays of floats or doubles). */
public final class ParquetFeatures implements FeatureSource {
    private final SparkSession session;
    private final ParquetDataset table;
    private final int dimension;

    private ParquetFeatures(SparkSession session, ParquetDataset table, int dimension) {
        this.session = session;
        this.table = table;
        this.dimension = dimension;
    }

    /**
     * Looks at the columns and the first row.
     *
     * @throws InputException if there is no such table, it lacks a column, or it has no row
     */
    public static ParquetFeatures open(SparkSession session, String path) {
        ParquetDataset table = ParquetDataset.open(session, path);
        table.requireIds();
        table.column(ParquetDataset.FEATURES, "arrays of floats or doubles", ParquetDataset::isVector);
        List<Row> first = table.rows().select(ParquetDataset.FEATURES).limit(1).collectAsList();
        if (first.isEmpty()
                || first.get(0).isNullAt(0)
                || first.get(0).getList(0).isEmpty()) {
            throw new InputException(path + ": expected a vector in the first row of the column '"
                    + ParquetDataset.FEATURES + "', found " + (first.isEmpty() ? "no rows" : "none"));
        }
        return new ParquetFeatures(session, table, first.get(0).getList(0).size());
    }

    @Override
    public String name() {
        return table.path();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public long rows() {
        return table.rows().count();
    }

    @Override
    public JavaRDD<FeatureBlock> blocks() {
        return blocks(table.rows());
    }

    /** Blocks of rows that ascend by id, within each partition and from one to the next. */
    public JavaRDD<FeatureBlock> blocksInOrder() {
        return blocks(
                table.rows().select(ParquetDataset.ID, ParquetDataset.FEATURES).sort(ParquetDataset.ID));
    }

    private JavaRDD<FeatureBlock> blocks(Dataset<Row> rows) {
        VectorRows vectors = new VectorRows(name(), 0, 1, dimension);
        int size = FeatureSource.rowsOfBlock(dimension);
        return rows.select(ParquetDataset.ID, ParquetDataset.FEATURES)
                .toJavaRDD()
                .mapPartitions(part -> new RowBatches<>(part, size, vectors::block));
    }

    /** All columns but the features, and the codes in a column {@code code}. */
    public Dataset<Row> encoded(BlockEncoding encoding, int bits) {
        StructType schema = table.rows().schema();
        int features = schema.fieldIndex(ParquetDataset.FEATURES);
        VectorRows vectors = new VectorRows(name(), schema.fieldIndex(ParquetDataset.ID), features, dimension);
        int size = FeatureSource.rowsOfBlock(dimension);
        JavaRDD<Row> rows = table.rows().toJavaRDD().mapPartitions(part -> {
            Iterator<List<Row>> blocks =
                    new RowBatches<>(part, size, block -> withCodes(block, encoding, vectors, features));
            return new Flattened<>(blocks);
        });
        return session.createDataFrame(rows, schemaWithCodes(schema, features, bits));
    }

    private static List<Row> withCodes(List<Row> rows, BlockEncoding encoding, VectorRows vectors, int features) {
        byte[] codes = encoding.encode(vectors.block(rows).features()).toBytes();
        int width = codes.length / rows.size();
        List<Row> encoded = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < rows.get(i).length(); column++) {
                if (column != features) {
                    values.add(rows.get(i).get(column));
                }
            }
            values.add(Arrays.copyOfRange(codes, i * width, (i + 1) * width));
            encoded.add(RowFactory.create(values.toArray()));
        }
        return encoded;
    }

    private static StructType schemaWithCodes(StructType schema, int features, int bits) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(schema.fields()));
        fields.remove(features);
        if (fields.stream().anyMatch(field -> field.name().equals(ParquetDataset.CODE))) {
            throw new InputException("expected features without a column 'code', which is to be added, found one");
        }
        fields.add(ParquetCodes.codeColumn(bits));
        return DataTypes.createStructType(fields);
    }

    /** The elements of lists, one after the other; a list is asked for when the one before it is done. */
    private static final class Flattened<T> implements Iterator<T> {
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

    /**
     * Makes blocks of rows of a table.
     *
     * @param path names the table for messages
     * @param id the place of the ids in a row
     * @param features the place of the vectors in a row
     * @param dimension d
     */
    private record VectorRows(String path, int id, int features, int dimension) implements Serializable {
        FeatureBlock block(List<Row> rows) {
            long[] ids = new long[rows.size()];
            float[] values = new float[Math.multiplyExact(rows.size(), dimension)];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = ParquetDataset.whole(path, rows.get(i), id, ParquetDataset.ID);
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
}
