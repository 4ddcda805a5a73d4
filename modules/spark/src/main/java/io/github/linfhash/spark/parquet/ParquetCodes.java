package io.github.linfhash.spark.parquet;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.blocks.LabelKind;
import io.github.linfhash.spark.blocks.RowIds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Codes in Parquet: the columns {@code id} (whole numbers), {@code code} (packed, ceil(N / 8) bytes; its metadata has N as
 * {@code bits}) and, where there is a ground truth, {@code label} or {@code labels}.
 */
public final class ParquetCodes implements CodeSource {
    private static final String BITS = "bits";

    private final ParquetDataset table;
    private final CodeRows reader;

    private ParquetCodes(ParquetDataset table, CodeRows reader) {
        this.table = table;
        this.reader = reader;
    }

    /**
     * Looks at the columns.
     *
     * @param kind the labels to read along; null for none
     * @param bits N
     * @throws InputException if there is no such table, it lacks a column, or its codes have another length
     */
    public static ParquetCodes open(SparkSession session, String path, @Nullable LabelKind kind, int bits) {
        ParquetDataset table = ParquetDataset.open(session, path);
        table.requireIds();
        StructField code = table.column(ParquetDataset.CODE, "packed codes as bytes", DataTypes.BinaryType::equals);
        if (code.metadata().contains(BITS) && code.metadata().getLong(BITS) != bits) {
            throw new InputException(path + ": expected codes of " + bits + " bits as the queries have, found "
                    + code.metadata().getLong(BITS));
        }
        @Nullable LabelColumn labels = kind == null ? null : new LabelColumn(kind);
        if (labels != null) {
            labels.requireIn(table);
        }
        return new ParquetCodes(table, new CodeRows(path, bits, labels));
    }

    @Override
    public String name() {
        return table.path();
    }

    @Override
    public long rows() {
        return table.rows().count();
    }

    @Override
    public JavaRDD<CodeBlock> blocks() {
        CodeRows rows = reader;
        Dataset<Row> columns = rows.labels == null
                ? table.rows().select(ParquetDataset.ID, ParquetDataset.CODE)
                : table.rows().select(ParquetDataset.ID, ParquetDataset.CODE, rows.labels.name());
        return columns.toJavaRDD().mapPartitions(part -> new RowBatches<>(part, CodeBlock.ROWS, rows::block));
    }

    /** Makes blocks of the rows (id, code) or (id, code, labels). */
    private record CodeRows(String path, int bits, @Nullable LabelColumn labels) implements Serializable {
        CodeBlock block(List<Row> rows) {
            int width = (bits + 7) / 8;
            long[] ids = new long[rows.size()];
            byte[] codes = new byte[Math.multiplyExact(ids.length, width)];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = ParquetDataset.whole(path, rows.get(i), 0, ParquetDataset.ID);
                byte @Nullable [] code = rows.get(i).getAs(1);
                if (code == null || code.length != width) {
                    throw new InputException(path + ", id " + ids[i] + ": expected a code of " + width
                            + " bytes, found " + (code == null ? "null" : code.length));
                }
                System.arraycopy(code, 0, codes, i * width, width);
            }
            return new CodeBlock(
                    RowIds.owning(ids), codes(codes, ids.length), labels == null ? null : labels.read(path, rows, 2));
        }

        private BinaryCodes codes(byte[] bytes, int size) {
            try {
                return BinaryCodes.ofBytes(size, bits, bytes);
            } catch (IllegalArgumentException e) {
                throw new InputException(path + ": expected codes of " + bits + " bits, found: " + e.getMessage(), e);
            }
        }
    }

    static StructField codeColumn(int bits) {
        return DataTypes.createStructField(
                ParquetDataset.CODE,
                DataTypes.BinaryType,
                false,
                new MetadataBuilder().putLong(BITS, bits).build());
    }

    /**
     * Blocks as a table.
     *
     * @param kind the labels that the blocks have; null if they have none
     */
    public static Dataset<Row> table(
            SparkSession session, JavaRDD<CodeBlock> blocks, @Nullable LabelKind kind, int bits) {
        List<StructField> fields = new ArrayList<>();
        fields.add(DataTypes.createStructField(ParquetDataset.ID, DataTypes.LongType, false));
        fields.add(codeColumn(bits));
        if (kind != null) {
            fields.add(new LabelColumn(kind).field());
        }
        return session.createDataFrame(
                blocks.flatMap(block -> rows(block).iterator()), DataTypes.createStructType(fields));
    }

    private static List<Row> rows(CodeBlock block) {
        byte[] codes = block.codes().toBytes();
        int size = block.codes().size();
        int width = size == 0 ? 0 : codes.length / size;
        List<Row> rows = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            byte[] code = Arrays.copyOfRange(codes, i * width, (i + 1) * width);
            long id = block.ids().get(i);
            rows.add(
                    block.labels() == null
                            ? RowFactory.create(id, code)
                            : RowFactory.create(id, code, LabelColumn.value(block.labels(), i)));
        }
        return rows;
    }

    /**
     * Labels as a column: {@code label} with a class for each row, or {@code labels} with a list of label numbers.
     *
     * @param kind what rows have
     */
    private record LabelColumn(LabelKind kind) implements Serializable {
        static final String CLASS = "label";
        static final String SETS = "labels";

        String name() {
            return kind.isClasses() ? CLASS : SETS;
        }

        StructField field() {
            return DataTypes.createStructField(
                    name(),
                    kind.isClasses() ? DataTypes.IntegerType : DataTypes.createArrayType(DataTypes.IntegerType, false),
                    false);
        }

        void requireIn(ParquetDataset table) {
            table.column(
                    name(),
                    kind.isClasses() ? "whole numbers, a class each" : "lists of label numbers",
                    type -> kind.isClasses() ? ParquetDataset.isWhole(type) : ParquetDataset.isList(type));
        }

        /** Returns the value of the column in a row: the class, or an array of the labels. */
        static Object value(Labels labels, int row) {
            if (labels instanceof ClassLabels classes) {
                return classes.get(row);
            }
            LabelSets sets = (LabelSets) labels;
            List<Integer> carried = new ArrayList<>();
            for (int label = 0; label < sets.labels(); label++) {
                if (sets.has(row, label)) {
                    carried.add(label);
                }
            }
            return carried.toArray();
        }

        /** The labels of rows that have them in a column. */
        Labels read(String path, List<Row> rows, int column) {
            if (kind.isClasses()) {
                int[] classes = new int[rows.size()];
                for (int i = 0; i < classes.length; i++) {
                    long label = ParquetDataset.whole(path, rows.get(i), column, CLASS);
                    if (label != (int) label) {
                        throw new InputException(path + ": expected classes of 32 bits, found " + label);
                    }
                    classes[i] = (int) label;
                }
                return ClassLabels.of(classes);
            }
            int width = kind.width();
            boolean[] indicator = new boolean[Math.multiplyExact(rows.size(), width)];
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).isNullAt(column)) {
                    throw new InputException(path + ": expected a list in every row of 'labels', found null");
                }
                for (Number label : rows.get(i).<Number>getList(column)) {
                    if (label == null || label.longValue() < 0 || label.longValue() >= width) {
                        throw new InputException(path + ": expected label numbers from 0 to " + (width - 1)
                                + ", as the queries have " + width + " labels, found " + label);
                    }
                    indicator[i * width + label.intValue()] = true;
                }
            }
            return LabelSets.of(rows.size(), width, indicator);
        }
    }
}
