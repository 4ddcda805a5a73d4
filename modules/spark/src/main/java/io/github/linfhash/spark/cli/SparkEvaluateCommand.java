package io.github.linfhash.spark.cli;

import io.github.linfhash.cli.MetricsJson;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.blocks.LabelKind;
import io.github.linfhash.spark.evaluation.DistributedEvaluation;
import io.github.linfhash.spark.evaluation.EvaluationQueries;
import io.github.linfhash.spark.parquet.ParquetCodes;
import io.github.linfhash.spark.shards.LocalPath;
import io.github.linfhash.spark.shards.ShardCodes;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash spark evaluate}: the metrics of a database that is spread over files. */
@Command(
        name = "evaluate",
        description = "Measures retrieval in a database of any size and prints the metrics of 'linfhash evaluate'.",
        footerHeading = "%nFiles:%n",
        footer = {
            "  Queries are .npy files as for 'linfhash evaluate'. The database is a folder of",
            "  .npy files with packed codes and one with labels, or Parquet. Its columns are id,",
            "  code (bytes), and label (integers) or labels (lists of label numbers), like the",
            "  labels of the queries.",
            "",
            "Examples:",
            "  linfhash spark evaluate --query-codes q.npy --query-labels ql.npy \\",
            "      --database-codes codes --database-labels labels"
        })
final class SparkEvaluateCommand extends SparkJob {
    @Mixin
    private LabeledQueries queries = new LabeledQueries();

    @Mixin
    private LabeledDatabase database = new LabeledDatabase();

    @Override
    void run(SparkSession session, JavaSparkContext context) {
        EvaluationQueries wanted = queries.read();
        CodeSource codes = database.open(session, wanted);
        long start = System.nanoTime();
        Retrieval retrieval = DistributedEvaluation.evaluate(context, wanted, codes);
        double seconds = (System.nanoTime() - start) / 1e9;
        print(MetricsJson.standard(retrieval));
        say("evaluated %d queries x %d codes: %.1f s", wanted.codes().size(), codes.rows(), seconds);
    }

    /** The options that name the queries of an evaluation. */
    private static final class LabeledQueries {
        @Option(
                names = "--query-codes",
                paramLabel = "F",
                required = true,
                description = "Codes of the queries, as .npy.")
        private Path codesFile = Path.of("");

        @Option(
                names = "--query-labels",
                paramLabel = "F",
                required = true,
                description = "Labels of the queries, as .npy.")
        private Path labelsFile = Path.of("");

        @Mixin
        private CodeLengthOption length = new CodeLengthOption();

        EvaluationQueries read() {
            BinaryCodes codes = length.read(codesFile);
            Labels labels = LabelArrays.read(labelsFile);
            if (labels.size() != codes.size()) {
                throw new InputException(labelsFile + ": expected a label for each of the " + codes.size()
                        + " codes of " + codesFile + ", found " + labels.size());
            }
            return new EvaluationQueries(codes, labels);
        }
    }

    /** The options that name the database of an evaluation. */
    private static final class LabeledDatabase {
        @Option(
                names = "--database-codes",
                paramLabel = "PATH",
                required = true,
                description = "Codes of the database: a folder of .npy files, or Parquet.")
        private String codes = "";

        @Option(
                names = "--database-labels",
                paramLabel = "DIR",
                description = "Labels of the database, if its codes are .npy files.")
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
                throw new InputException("--database-labels: expected a folder of labels for the .npy files of " + codes
                        + ", found none");
            }
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            return ShardCodes.open(context, LocalPath.of(codes), labels, kind, length);
        }
    }
}
