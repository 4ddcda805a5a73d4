package io.github.linfhash.spark.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.blocks.LabelKind;
import io.github.linfhash.spark.evaluation.EvaluationQueries;
import io.github.linfhash.spark.parquet.ParquetCodes;
import io.github.linfhash.spark.shards.LocalPath;
import io.github.linfhash.spark.shards.ShardCodes;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name the database of an evaluation. */
final class LabelledDatabase {
    @Option(
            names = "--database-codes",
            paramLabel = "PATH",
            required = true,
            description = "Codes of the database: a folder of .npy files, or Parquet.")
    private String codes = "";

    @Option(
            names = "--database-labels",
            paramLabel = "DIR",
            description = "Labels of the database, where its codes are .npy files.")
    private @Nullable Path labels;

    /** The database for some queries, whose code length and kind of labels it has to have. */
    CodeSource open(SparkSession session, EvaluationQueries queries) {
        LabelKind kind = LabelKind.of(queries.labels());
        int length = queries.codes().bits();
        if (!ShardCodes.areAt(codes)) {
            if (labels != null) {
                throw new InputException(
                        "--database-labels: expected none beside Parquet, which has its own, found " + labels);
            }
            return ParquetCodes.open(session, codes, kind, length);
        }
        if (labels == null) {
            throw new InputException(
                    "--database-labels: expected a folder of labels for the .npy files of " + codes + ", found none");
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        return ShardCodes.open(context, LocalPath.of(codes), labels, kind, length);
    }
}
