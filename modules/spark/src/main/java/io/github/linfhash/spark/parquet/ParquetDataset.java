package io.github.linfhash.spark.parquet;

import io.github.linfhash.core.errors.InputException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * A Parquet file or folder and its columns by name.
 *
 * @param path where it is, on any file system that Spark knows
 */
record ParquetDataset(String path, Dataset<Row> rows) {
    /** The column that names each row: whole numbers, each once. */
    static final String ID = "id";

    /** The column of feature vectors: arrays of floats or doubles of one length. */
    static final String FEATURES = "features";

    /** The column of packed codes: ceil(N / 8) bytes each. */
    static final String CODE = "code";

    /** @throws InputException if there is no such Parquet file or folder */
    static ParquetDataset open(SparkSession session, String path) {
        try {
            return new ParquetDataset(path, session.read().parquet(path));
        } catch (Exception e) { // some are checked, but Scala does not say that they are thrown
            if (isOfPath(e)) {
                String reason =
                        String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                throw new InputException(
                        path + ": expected a folder of .npy files or Parquet, found something else (" + reason + ")",
                        e);
            }
            throw e;
        }
    }

    /** Whether there is no such path, no table at it, or no such file system. */
    private static boolean isOfPath(Exception failure) {
        return failure instanceof AnalysisException
                || failure instanceof IllegalArgumentException
                || failure instanceof UnsupportedFileSystemException;
    }

    /** The column of a name. */
    StructField column(String name, String expected, Predicate<DataType> fits) {
        StructField[] fields = rows.schema().fields();
        return Arrays.stream(fields)
                .filter(field -> field.name().equals(name) && fits.test(field.dataType()))
                .findFirst()
                .orElseThrow(() -> new InputException(path + ": expected a column '" + name + "' of " + expected
                        + ", found the columns "
                        + String.join(
                                ", ",
                                Arrays.stream(fields).map(ParquetDataset::shown).toList())));
    }

    private static String shown(StructField field) {
        return field.name() + " (" + field.dataType().simpleString() + ")";
    }

    /** Checks that the column of ids is there. */
    void requireIds() {
        column(ID, "whole numbers", ParquetDataset::isWhole);
    }

    static boolean isWhole(DataType type) {
        return type.equals(DataTypes.LongType)
                || type.equals(DataTypes.IntegerType)
                || type.equals(DataTypes.ShortType)
                || type.equals(DataTypes.ByteType);
    }

    static boolean isVector(DataType type) {
        return type instanceof ArrayType array
                && (array.elementType().equals(DataTypes.FloatType)
                        || array.elementType().equals(DataTypes.DoubleType));
    }

    static boolean isList(DataType type) {
        return type instanceof ArrayType array && isWhole(array.elementType());
    }

    /** A whole number of a row. */
    static long whole(String path, Row row, int column, String name) {
        if (row.isNullAt(column)) {
            throw new InputException(path + ": expected a value in every row of the column '" + name + "', found null");
        }
        return ((Number) row.get(column)).longValue();
    }
}
