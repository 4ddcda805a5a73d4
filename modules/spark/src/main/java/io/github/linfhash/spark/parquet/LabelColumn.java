package io.github.linfhash.spark.parquet;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.spark.blocks.LabelKind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Labels as a column: {@code label} with a class for each row, or {@code labels} with a list of label numbers.
 *
 * @param kind what rows have
 */
record LabelColumn(LabelKind kind) implements Serializable {
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

    void requireIn(ParquetTable table) {
        table.column(
                name(),
                kind.isClasses() ? "whole numbers, a class each" : "lists of label numbers",
                type -> kind.isClasses() ? ParquetTable.isWhole(type) : ParquetTable.isList(type));
    }

    /** What the column holds of a row. */
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
                long label = ParquetTable.whole(path, rows.get(i), column, CLASS);
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
