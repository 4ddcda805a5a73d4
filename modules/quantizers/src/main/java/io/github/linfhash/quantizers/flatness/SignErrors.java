package io.github.linfhash.quantizers.flatness;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.DistanceEstimates;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import java.util.List;

/**
 * Errors of estimated inner products over all pairs of queries and vectors of a database, as shares of the product of their lengths;
 * pairs with a vector of length 0 have none.
 *
 * @param error root of the mean square
 * @param nearError the same over the nearest of each query, about their mean
 * @param bias the mean over the nearest less that over all
 */
record SignErrors(double error, double nearError, double bias) {
    private static final int QUERIES_AT_A_TIME = 32;

    /** Estimated inner products of a query with all vectors. */
    @FunctionalInterface
    interface Products {
        float[] of(int query);
    }

    /** Products from estimated distances. */
    static Products of(DistanceEstimates estimates, float[] terms, float factor) {
        return query -> {
            DistanceEstimates.OfQuery distance = estimates.of(query);
            float[] products = new float[terms.length];
            for (int i = 0; i < products.length; i++) {
                products[i] = (distance.to(i) - terms[i]) / factor;
            }
            return products;
        };
    }

    /**
     * Measures.
     *
     * @param database n x N: the errors are against inner products of these
     * @param queries m x N
     * @param near of each query, at least two
     */
    static SignErrors measure(FeatureMatrix database, FeatureMatrix queries, Products estimated, FloatNeighbors near) {
        float[] vectors = database.toArray();
        double[] lengths = lengths(database);
        double[] ofQueries = lengths(queries);
        List<Sums> parts = new RowBlocks(queries.rows(), QUERIES_AT_A_TIME).map(block -> {
            Sums sums = new Sums();
            float[] exact = new float[block.size() * lengths.length];
            Matrices.rowProducts(
                    1,
                    Matrices.rows(queries, block),
                    vectors,
                    block.size(),
                    database.dimension(),
                    lengths.length,
                    exact);
            for (int b = 0; b < block.size(); b++) {
                int query = block.from() + b;
                double[] errors = new double[lengths.length];
                float[] products = estimated.of(query);
                for (int i = 0; i < errors.length; i++) {
                    double scale = lengths[i] * ofQueries[query];
                    errors[i] = scale == 0 ? 0 : (products[i] - exact[b * errors.length + i]) / scale;
                }
                sums.add(errors, near.ids(query));
            }
            return sums;
        });
        Sums all = new Sums();
        parts.forEach(all::add);
        double pairs = (double) queries.rows() * lengths.length;
        return new SignErrors(
                Math.sqrt(all.squares / pairs),
                Math.sqrt(all.nearVariance / queries.rows()),
                all.nearMean / queries.rows() - all.sum / pairs);
    }

    private static double[] lengths(FeatureMatrix vectors) {
        double[] lengths = new double[vectors.rows()];
        for (int i = 0; i < lengths.length; i++) {
            double squares = 0;
            for (int j = 0; j < vectors.dimension(); j++) {
                squares += (double) vectors.get(i, j) * vectors.get(i, j);
            }
            lengths[i] = Math.sqrt(squares);
        }
        return lengths;
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
