package io.github.linfhash.spark.cli;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.harness.cli.MetricsJson;
import io.github.linfhash.protocols.npy.CodeArrays;
import io.github.linfhash.protocols.npy.LabelArrays;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.blocks.LabelKind;
import io.github.linfhash.spark.evaluation.DistributedEvaluation;
import io.github.linfhash.spark.evaluation.EvaluationQueries;
import io.github.linfhash.spark.parquet.ParquetCodes;
import io.github.linfhash.spark.shards.ShardCodes;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linfhash spark evaluate}: the metrics of a database that is spread over files. */
@Command(
        name = "evaluate",
        description = "Measures retrieval in a database of any size; prints what 'linfhash evaluate' prints.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nFiles:%n",
        footer = {
            "  The queries are .npy files as for 'linfhash evaluate'. The database is a folder",
            "  of .npy files with packed codes and another with their labels; or Parquet with",
            "  the columns id, code (bytes), and label (whole numbers) or labels (lists of",
            "  label numbers), as the queries have classes or sets.",
            "",
            "Examples:",
            "  linfhash spark evaluate --query-codes q.npy --query-labels ql.npy \\",
            "      --database-codes codes --database-labels labels"
        })
final class SparkEvaluateCommand extends SparkJob {
    @Option(names = "--query-codes", paramLabel = "F", required = true, description = "Codes of the queries, as .npy.")
    @SuppressWarnings("NullAway.Init")
    private Path queryCodes;

    @Option(
            names = "--query-labels",
            paramLabel = "F",
            required = true,
            description = "Labels of the queries, as .npy.")
    @SuppressWarnings("NullAway.Init")
    private Path queryLabels;

    @Option(
            names = "--database-codes",
            paramLabel = "PATH",
            required = true,
            description = "Codes of the database: a folder of .npy files, or Parquet.")
    @SuppressWarnings("NullAway.Init")
    private String databaseCodes;

    @Option(
            names = "--database-labels",
            paramLabel = "DIR",
            description = "Labels of the database, where its codes are .npy files.")
    private @Nullable Path databaseLabels;

    @Option(names = "--bits", paramLabel = "N", description = "Code length, where the queries' file does not tell.")
    private @Nullable Integer bits;

    @Override
    void run(SparkSession session) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        BinaryCodes codes = bits == null ? CodeArrays.read(queryCodes) : CodeArrays.read(queryCodes, bits);
        Labels labels = LabelArrays.read(queryLabels);
        if (labels.size() != codes.size()) {
            throw new InputException(queryLabels + ": expected a label for each of the " + codes.size() + " codes of "
                    + queryCodes + ", found " + labels.size());
        }
        CodeSource database = database(session, context, LabelKind.of(labels), codes.bits());
        long start = System.nanoTime();
        Retrieval retrieval = DistributedEvaluation.evaluate(context, new EvaluationQueries(codes, labels), database);
        double seconds = (System.nanoTime() - start) / 1e9;
        print(MetricsJson.standard(retrieval));
        say("evaluated %d queries x %d codes: %.1f s", codes.size(), database.rows(), seconds);
    }

    private CodeSource database(SparkSession session, JavaSparkContext context, LabelKind kind, int length) {
        if (!ShardCodes.areAt(databaseCodes)) {
            if (databaseLabels != null) {
                throw new InputException(
                        "--database-labels: expected none beside Parquet, which has its own, found " + databaseLabels);
            }
            return ParquetCodes.open(session, databaseCodes, kind, length);
        }
        if (databaseLabels == null) {
            throw new InputException("--database-labels: expected a folder of labels for the .npy files of "
                    + databaseCodes + ", found none");
        }
        return ShardCodes.open(context, Path.of(databaseCodes), databaseLabels, kind, length);
    }
}
