package io.github.linfhash.examples;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import java.util.List;

/**
 * Errors of estimated inner products over all pairs of queries and vectors of a database, as shares of the product of their norms;
 * pairs with a vector of norm 0 have none.
 *
 * @param error root of the mean square
 * @param nearError the same over the nearest of each query, about their mean
 * @param bias the mean over the nearest less that over all
 */
record EstimateErrors(double error, double nearError, double bias) {
    private static final int QUERIES_AT_A_TIME = 32;

    /**
     * Measures the inner products in estimated distances.
     *
     * @param database n x N: the errors are against inner products of these
     * @param queries m x N
     * @param estimates of the distances of m queries to n vectors
     * @param terms the part of each vector's distances that depends on no query, {@link PreparedVectors#terms}
     * @param near of each query, at least two
     */
    static EstimateErrors of(
            FeatureMatrix database,
            FeatureMatrix queries,
            Quantizer.Estimates estimates,
            float[] terms,
            Similarity similarity,
            FloatNeighbors near) {
        float[] vectors = database.toArray();
        double[] norms = norms(database);
        double[] ofQueries = norms(queries);
        List<Sums> parts = new RowBlocks(queries.rows(), QUERIES_AT_A_TIME).map(block -> {
            Sums sums = new Sums();
            float[] exact = new float[block.size() * norms.length];
            Matrices.rowProducts(
                    1, Matrices.rows(queries, block), vectors, block.size(), database.dimension(), norms.length, exact);
            for (int b = 0; b < block.size(); b++) {
                int query = block.from() + b;
                double[] errors = new double[norms.length];
                Distances distance = estimates.forQuery(query);
                for (int i = 0; i < errors.length; i++) {
                    double scale = norms[i] * ofQueries[query];
                    float product = (distance.to(i) - terms[i]) / similarity.factor();
                    errors[i] = scale == 0 ? 0 : (product - exact[b * errors.length + i]) / scale;
                }
                sums.add(errors, near.ids(query));
            }
            return sums;
        });
        Sums all = new Sums();
        parts.forEach(all::add);
        double pairs = (double) queries.rows() * norms.length;
        return new EstimateErrors(
                Math.sqrt(all.squares / pairs),
                Math.sqrt(all.nearVariance / queries.rows()),
                all.nearMean / queries.rows() - all.sum / pairs);
    }

    private static double[] norms(FeatureMatrix vectors) {
        double[] norms = new double[vectors.rows()];
        for (int i = 0; i < norms.length; i++) {
            double squares = 0;
            for (int j = 0; j < vectors.dimension(); j++) {
                squares += (double) vectors.get(i, j) * vectors.get(i, j);
            }
            norms[i] = Math.sqrt(squares);
        }
        return norms;
    }

    /** Over queries. */
    private static final class Sums {
        private double sum;
        private double squares;
        private double nearMean;
        private double nearVariance;

        void add(double[] errors, int[] near) {
            for (double error : errors) {
                sum += error;
                squares += error * error;
            }
            double mean = 0;
            for (int id : near) {
                mean += errors[id] / near.length;
            }
            nearMean += mean;
            for (int id : near) {
                nearVariance += (errors[id] - mean) * (errors[id] - mean) / (near.length - 1);
            }
        }

        void add(Sums other) {
            sum += other.sum;
            squares += other.squares;
            nearMean += other.nearMean;
            nearVariance += other.nearVariance;
        }
    }
}
