package io.github.linfhash.quantizers.flatness;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A way to represent vectors by N values, whose signs are codes. */
public interface Representation {
    /** Its name in tables. */
    String title();

    /** Whether it differs from seed to seed. */
    boolean random();

    /**
     * Whether inner products of representations are those of the vectors about their mean, but for what is left out; else they are
     * learned ones, which stand for themselves.
     */
    boolean keepsProducts();

    /**
     * Fits it to a database.
     *
     * @param database n x d, prepared
     * @param width N
     * @return what represents vectors; empty where there is nothing of so many values
     */
    Optional<Fitted> fit(FeatureMatrix database, int width, RandomStreams random);

    /**
     * Represents vectors.
     *
     * @param vectors those of the database, n x d to n x N
     * @param queries likewise, so that products with what represents the database are those wanted
     */
    record Fitted(UnaryOperator<FeatureMatrix> vectors, UnaryOperator<FeatureMatrix> queries) {
        /** One that represents queries as it does vectors. */
        public static Fitted same(UnaryOperator<FeatureMatrix> both) {
            return new Fitted(both, both);
        }
    }
}
