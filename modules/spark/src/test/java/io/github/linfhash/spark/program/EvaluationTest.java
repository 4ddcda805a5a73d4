package io.github.linfhash.spark.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.blocks.LabelKind;
import io.github.linfhash.spark.evaluation.DistributedEvaluation;
import io.github.linfhash.spark.evaluation.EvaluationQueries;
import io.github.linfhash.spark.parquet.ParquetCodes;
import io.github.linfhash.spark.shards.ShardCodes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of tasks over parts of a database must be those of one machine over all of it. */
class EvaluationTest extends OnLocalSpark {
    @TempDir
    private Path folder;

    // Labels are cut in other places than codes. 70,000 rows make a file of more than one block; 7 bits make many equal
    // codes, in more than one file.
    @ParameterizedTest
    @CsvSource({"7, true, 900", "12, false, 900", "64, true, 900", "130, false, 300", "10, true, 71000"})
    void countsAndMetricsAreThoseOfOneMachine(int bits, boolean classes, int rows) throws IOException {
        DrawnCodes drawn = DrawnCodes.draw(17, rows, bits, classes);
        LabelKind kind = LabelKind.of(drawn.queryLabels());
        Path codes = Shards.codes(folder.resolve("codes"), drawn.database(), 100, 0, 1, 7);
        Path labels = Shards.labels(folder.resolve("labels"), drawn.databaseLabels(), 30, 80, 0, 50);
        ShardCodes shards = ShardCodes.open(context, codes, labels, kind, bits);
        requireSame(drawn, shards);

        String table = folder.resolve("table").toString();
        ParquetCodes.table(session, shards.blocks(), kind, bits).write().parquet(table);
        requireSame(drawn, ParquetCodes.open(session, table, kind, bits));
    }

    private static void requireSame(DrawnCodes drawn, CodeSource database) {
        Retrieval one = Retrieval.of(drawn.queries(), drawn.database(), drawn.relevance());
        Retrieval many = DistributedEvaluation.evaluate(
                context, new EvaluationQueries(drawn.queries(), drawn.queryLabels()), database);
        DistanceHistograms counts = many.histograms();
        assertThat(counts.toAll()).isEqualTo(one.histograms().toAll());
        assertThat(counts.toRelevant()).isEqualTo(one.histograms().toRelevant());
        assertThat(many.uniqueCodes()).isEqualTo(drawn.database().unique());
        assertThat(StandardMetrics.evaluate(many)).isEqualTo(StandardMetrics.evaluate(one));
    }
}
