package io.github.linfhash.spark.search;

import io.github.linfhash.codes.HammingNeighbors;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.spark.blocks.FeatureBlock;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.blocks.PackedVectors;
import io.github.linfhash.spark.blocks.TaskThread;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Finds the nearest vectors of a database that is spread over files, exactly: each task searches its part block by block, as {@link
 * FloatNeighbors#find} searches all of it, and keeps the k best of every query; these are merged in a tree. Of equal scores those
 * of the lower ids stay, and a score does not depend on the rows beside its own, so the result does not depend on how the database
 * is cut.
 */
public final class DistributedFloatSearch {
    private DistributedFloatSearch() {}

    /**
     * The k nearest vectors of each query.
     *
     * @param queries m x d, as {@link PreparedVectors#of} gives them
     * @throws InputException if k is not within 1 and the number of vectors, or a vector of the database is not what the similarity
     *     needs
     */
    public static ScoredNeighbors nearest(
            JavaSparkContext context, FeatureMatrix queries, FeatureSource database, int k, Similarity similarity) {
        long rows = database.rows();
        if (k < 1 || k > rows) {
            throw new InputException(
                    "--k: expected from 1 to " + rows + " neighbors, the number of database vectors, found " + k);
        }
        VectorPart search =
                new VectorPart(context.broadcast(PackedVectors.of(queries)), k, similarity, database.name());
        return new ScoredNeighbors(database.blocks()
                .map(search::nearest)
                .mapPartitions(found -> PartialNeighbors.of(found, k))
                .treeReduce((some, others) -> some.merge(others, k))
                .toNeighbors());
    }

    /**
     * The work of a task.
     *
     * @param name names the database for messages
     */
    private record VectorPart(Broadcast<PackedVectors> queryVectors, int k, Similarity similarity, String name)
            implements Serializable {
        /** The nearest of a block, by ids; scores stand in the place of distances, in their order. */
        HammingNeighbors nearest(FeatureBlock unordered) {
            FeatureBlock block = unordered.inOrder();
            FeatureMatrix vectors = block.prepared(similarity, name);
            FeatureMatrix queries = queryVectors.value().toMatrix();
            int most = Math.min(k, vectors.rows());
            FloatNeighbors found = TaskThread.run(() -> FloatNeighbors.find(vectors, queries, most, similarity));
            long[] ids = new long[Math.multiplyExact(queries.rows(), most)];
            int[] places = new int[ids.length];
            for (int at = 0; at < ids.length; at++) {
                ids[at] = block.ids().get(found.id(at / most, at % most));
                places[at] = ScoredNeighbors.place(found.score(at / most, at % most));
            }
            return HammingNeighbors.owning(queries.rows(), most, ids, places);
        }
    }
}
