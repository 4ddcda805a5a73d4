import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Cuts features and their classes into what {@code linfhash spark} reads: the folders {@code features} and {@code labels},
 * and Parquet in {@code parquet}. Started by ci/spark-cluster.inc: FeatureFolders F.npy LABELS.npy OUT ROWS-OF-FILE
 */
final class FeatureFolders {
    private FeatureFolders() {}

    public static void main(String[] args) throws IOException {
        FeatureMatrix features = FeatureArrays.read(Path.of(args[0]));
        ClassLabels classes = (ClassLabels) LabelArrays.read(Path.of(args[1]));
        Path out = Path.of(args[2]);
        int rows = Integer.parseInt(args[3]);
        cut(features, classes, out, rows);
        try (SparkSession session = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", false)
                .getOrCreate()) {
            session.createDataFrame(table(features, classes), schema())
                    .repartitionByRange(5, functions.col("id"))
                    .write()
                    .parquet(out.resolve("parquet").toString());
        }
    }

    private static void cut(FeatureMatrix features, ClassLabels classes, Path out, int rows) throws IOException {
        Files.createDirectories(out.resolve("features"));
        Files.createDirectories(out.resolve("labels"));
        for (int first = 0; first < features.rows(); first += rows) {
            int[] part = IntStream.range(first, Math.min(first + rows, features.rows())).toArray();
            String name = String.format("part-%05d.npy", first / rows);
            FeatureArrays.write(out.resolve("features").resolve(name), features.select(part));
            LabelArrays.write(out.resolve("labels").resolve(name), classes.select(part));
        }
    }

    private static List<Row> table(FeatureMatrix features, ClassLabels classes) {
        List<Row> table = new ArrayList<>();
        for (int row = 0; row < features.rows(); row++) {
            float[] values = new float[features.dimension()];
            features.copyRow(row, values);
            table.add(RowFactory.create((long) row, values, classes.get(row)));
        }
        return table;
    }

    private static StructType schema() {
        return new StructType()
                .add("id", DataTypes.LongType, false)
                .add("features", DataTypes.createArrayType(DataTypes.FloatType, false), false)
                .add("label", DataTypes.IntegerType, false);
    }
}
