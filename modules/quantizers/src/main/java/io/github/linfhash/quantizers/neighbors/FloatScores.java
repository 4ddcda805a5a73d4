package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.linalg.RowProducts;
import io.github.linfhash.quantizers.Similarity;

/**
 * How near rows of a database are to some queries, by blocked products; safe for threads.
 *
 * <p>A larger score is nearer: the inner product, or else twice the inner product less the row's squared length. Equal rows have equal
 * scores to the last bit of float32, as a product does not depend on the rows beside it ({@link RowProducts}).
 */
final class FloatScores {
    private final FeatureMatrix database;
    private final int queries;
    private final Similarity similarity;
    private final RowProducts products;

    /**
     * For some queries.
     *
     * @param database n x d, prepared
     * @param queries the block of rows of {@code from} that are the queries
     */
    FloatScores(FeatureMatrix database, FeatureMatrix from, RowBlocks.Block queries, Similarity similarity) {
        this.database = database;
        this.queries = queries.size();
        this.similarity = similarity;
        this.products = new RowProducts(Matrices.rows(from, queries), queries.size(), database.dimension());
    }

    int queries() {
        return queries;
    }

    /** The scores of a block of the database: for each row those of all queries. */
    float[] of(RowBlocks.Block block) {
        float[] rows = Matrices.rows(database, block);
        float[] scores = new float[block.size() * queries];
        products.of(similarity.byInnerProduct() ? 1 : 2, rows, scores);
        if (similarity.byInnerProduct()) {
            return scores;
        }
        int d = database.dimension();
        for (int i = 0; i < block.size(); i++) {
            float less = squaredNorm(rows, i * d, d);
            for (int at = i * queries; at < (i + 1) * queries; at++) {
                scores[at] -= less;
            }
        }
        return scores;
    }

    private static float squaredNorm(float[] values, int from, int d) {
        double sum = 0;
        for (int j = from; j < from + d; j++) {
            sum += (double) values[j] * values[j];
        }
        return (float) sum;
    }
}
