package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.testing.Blobs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EstimateErrorsTest {
    /** Errors that are put in come out: 0.25 everywhere, and 0.1 and -0.1 in turn on top of 0.5 for the nearest. */
    @ParameterizedTest
    @EnumSource
    void errorsOfKnownEstimates(Similarity similarity) {
        Blobs blobs = Blobs.classes(new Blobs.Sizes(6, 8, 100, 6), 2);
        FeatureMatrix database = blobs.train();
        FeatureMatrix queries = blobs.test();
        FloatNeighbors near = FloatNeighbors.find(database, queries, 10, similarity);
        float[] terms = PreparedVectors.terms(similarity, database, new float[8]);
        Quantizer.Estimates estimates = new Quantizer.Estimates(queries.rows(), query -> i -> {
            int rank = rank(near, query, i);
            double share = rank < 0 ? 0.25 : 0.5 + (rank % 2 == 0 ? 0.1 : -0.1);
            double norms = Math.sqrt(product(database, i, database, i) * product(queries, query, queries, query));
            double product = product(database, i, queries, query) + share * norms;
            return (float) (terms[i] + similarity.factor() * product);
        });
        EstimateErrors errors = EstimateErrors.of(database, queries, estimates, terms, similarity, near);
        // The mean over all is (90 x 0.25 + 10 x 0.5) / 100.
        assertThat(errors.bias()).isCloseTo(0.5 - 0.275, within(1e-5));
        assertThat(errors.nearError()).isCloseTo(Math.sqrt(10 * 0.01 / 9), within(1e-5));
        assertThat(errors.error()).isCloseTo(Math.sqrt((90 * 0.0625 + 5 * 0.36 + 5 * 0.16) / 100), within(1e-5));
    }

    private static int rank(FloatNeighbors near, int query, int row) {
        for (int rank = 0; rank < near.perQuery(); rank++) {
            if (near.id(query, rank) == row) {
                return rank;
            }
        }
        return -1;
    }

    private static double product(FeatureMatrix some, int one, FeatureMatrix others, int other) {
        double sum = 0;
        for (int j = 0; j < some.dimension(); j++) {
            sum += (double) some.get(one, j) * others.get(other, j);
        }
        return sum;
    }
}
