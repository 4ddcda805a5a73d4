package io.github.linfhash.spark.evaluation;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.blocks.PackedCodes;
import io.github.linfhash.spark.blocks.PackedLabels;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Evaluates codes whose database is spread over files: each task counts its part of the database for all queries, and the
 * counts are added up in a tree. They are whole numbers, so the sum is what one machine would count, however the database
 * is cut and whichever task runs twice.
 */
public final class DistributedEvaluation {
    private DistributedEvaluation() {}

    /**
     * Counts distances and different codes.
     *
     * @param database with labels of the same kind as the queries
     * @throws InputException if the database has 2^31 codes or more
     */
    public static Retrieval evaluate(JavaSparkContext context, EvaluationQueries queries, CodeSource database) {
        if (database.rows() > Integer.MAX_VALUE) {
            throw new InputException(database.name() + ": expected fewer than 2^31 codes, found " + database.rows());
        }
        PartScan scan = new PartScan(
                context.broadcast(PackedCodes.of(queries.codes())),
                context.broadcast(PackedLabels.of(queries.labels())));
        DistanceHistograms histograms = database.blocks()
                .mapPartitions(scan::scan)
                .treeReduce(PartialHistograms::sum)
                .toHistograms();
        int unique = UniqueCodes.of(database, queries.codes().bits()).count(database.blocks());
        return Retrieval.counted(histograms, unique);
    }
}
