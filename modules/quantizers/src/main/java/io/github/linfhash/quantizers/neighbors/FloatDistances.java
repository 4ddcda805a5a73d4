package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors.FloatScores;

/** The distances of queries to all rows of a database by their floats: the scores of {@link FloatScores}, negated. */
final class FloatDistances {
    private static final int QUERIES_AT_A_TIME = 32;
    private static final int ROWS_AT_A_TIME = 1024;

    private FloatDistances() {}

    /** What is done with the distances of a query; several are at work at a time. */
    @FunctionalInterface
    interface Use {
        void take(int query, float[] distances);
    }

    /**
     * Takes each query once.
     *
     * @param database n x d, as {@link Similarity#prepare} gives it
     * @param queries m x d, prepared too
     */
    static void forEach(FeatureMatrix database, FeatureMatrix queries, Similarity similarity, Use use) {
        new RowBlocks(queries.rows(), QUERIES_AT_A_TIME)
                .blocks().parallelStream().forEach(block -> {
                    float[][] distances = of(database, new FloatScores(database, queries, block, similarity));
                    for (int q = 0; q < block.size(); q++) {
                        use.take(block.from() + q, distances[q]);
                    }
                });
    }

    private static float[][] of(FeatureMatrix database, FloatScores of) {
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
