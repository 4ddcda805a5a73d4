package io.github.linfhash.spark.program;

import io.github.linfhash.core.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Writes vectors as Parquet. */
final class VectorTables {
    private VectorTables() {}

    /** Rows whose ids are their numbers, dealt out to files at random; the order within a file is nobody's promise. */
    static String write(SparkSession session, FeatureMatrix vectors, int files, String path) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < vectors.rows(); row++) {
            float[] values = new float[vectors.dimension()];
            vectors.copyRow(row, values);
            rows.add(RowFactory.create((long) row, values));
        }
        StructType schema = new StructType()
                .add("id", DataTypes.LongType, false)
                .add("features", DataTypes.createArrayType(DataTypes.FloatType, false), false);
        session.createDataFrame(rows, schema).repartition(files).write().parquet(path);
        return path;
    }
}
