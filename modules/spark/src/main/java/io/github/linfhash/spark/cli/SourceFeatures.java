package io.github.linfhash.spark.cli;

import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.parquet.ParquetFeatures;
import io.github.linfhash.spark.shards.LocalPath;
import io.github.linfhash.spark.shards.ShardFeatures;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names features. */
final class SourceFeatures {
    @Option(
            names = "--vectors",
            paramLabel = "PATH",
            required = true,
            description = "Raw feature vectors: a folder of .npy files, or Parquet with the columns id and features.")
    private String path = "";

    /** Whether they are .npy files. */
    boolean areShards() {
        return ShardFeatures.areAt(path);
    }

    ShardFeatures shards(SparkSession session, @Nullable Path labels) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        return ShardFeatures.open(context, LocalPath.of(path), labels);
    }

    ParquetFeatures table(SparkSession session) {
        return ParquetFeatures.open(session, path);
    }

    /** Whichever they are. */
    FeatureSource open(SparkSession session) {
        return areShards() ? shards(session, null) : table(session);
    }

    @Override
    public String toString() {
        return path;
    }
}
