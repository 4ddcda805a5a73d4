package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors.FloatScores;

/** The distances of queries to all rows of a database by their floats: the scores of {@link FloatScores}, negated. */
public final class FloatDistances {
    private static final int QUERIES_AT_A_TIME = 32;
    private static final int ROWS_AT_A_TIME = 1024;

    private FloatDistances() {}

    /**
     * Takes each query once.
     *
     * @param database n x d, as {@link PreparedVectors#of} gives it
     * @param queries m x d, prepared too
     */
    static void forEach(FeatureMatrix database, FeatureMatrix queries, Similarity similarity, Quantizer.EachQuery use) {
        new RowBlocks(queries.rows(), QUERIES_AT_A_TIME)
                .blocks().parallelStream().forEach(block -> {
                    float[][] distances = of(database, queries, block, similarity);
                    for (int q = 0; q < block.size(); q++) {
                        use.take(block.from() + q, distances[q]);
                    }
                });
    }

    /**
     * Returns the distances of some queries, those of each in an array.
     *
     * @param database n x d, as {@link PreparedVectors#of} gives it
     * @param queries m x d, prepared too
     * @param some the rows of these that ask
     */
    public static float[][] of(
            FeatureMatrix database, FeatureMatrix queries, RowBlocks.Block some, Similarity similarity) {
        FloatScores of = new FloatScores(database, queries, some, similarity);
        float[][] distances = new float[of.queries()][database.rows()];
        for (RowBlocks.Block block : new RowBlocks(database.rows(), ROWS_AT_A_TIME).blocks()) {
            float[] scores = of.of(block);
            for (int q = 0; q < distances.length; q++) {
                for (int i = 0; i < block.size(); i++) {
                    distances[q][block.from() + i] = -scores[i * distances.length + q];
                }
            }
        }
        return distances;
    }
}
