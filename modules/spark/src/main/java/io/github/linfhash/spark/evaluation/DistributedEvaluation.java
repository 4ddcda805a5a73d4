package io.github.linfhash.spark.evaluation;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.blocks.PackedCodes;
import io.github.linfhash.spark.blocks.TaskThread;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

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
        PartScan scan =
                new PartScan(context.broadcast(PackedCodes.of(queries.codes())), context.broadcast(queries.labels()));
        DistanceHistograms histograms =
                database.blocks().mapPartitions(scan::scan).treeReduce(DistanceHistograms::plus);
        int unique = UniqueCodes.of(database, queries.codes().bits()).count(database.blocks());
        return Retrieval.counted(histograms, unique);
    }

    /** Counts a part of the database for all queries, block by block: what a task of an evaluation does. */
    private record PartScan(Broadcast<PackedCodes> queryCodes, Broadcast<Labels> queryLabels) implements Serializable {
        /** One set of histograms, or none where the part is empty. */
        Iterator<DistanceHistograms> scan(Iterator<CodeBlock> blocks) {
            BinaryCodes queries = queryCodes.value().toCodes();
            Labels truth = queryLabels.value();
            @Nullable DistanceHistograms sum = null;
            while (blocks.hasNext()) {
                CodeBlock block = blocks.next();
                Relevance relevance = Relevance.bySimilarLabels(truth, Objects.requireNonNull(block.labels()));
                DistanceHistograms counts = TaskThread.run(() -> HammingScan.scan(queries, block.codes(), relevance));
                sum = sum == null ? counts : sum.plus(counts);
            }
            return sum == null
                    ? List.<DistanceHistograms>of().iterator()
                    : List.of(sum).iterator();
        }
    }
}
