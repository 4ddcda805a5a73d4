package io.github.linfhash.spark.cli;

import io.github.linfhash.cli.MetricsJson;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.evaluation.DistributedEvaluation;
import io.github.linfhash.spark.evaluation.EvaluationQueries;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin
    private LabelledQueries queries = new LabelledQueries();

    @Mixin
    private LabelledDatabase database = new LabelledDatabase();

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
}
