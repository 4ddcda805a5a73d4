package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.Similarity;
import java.io.IOException;

/** Finds exact neighbors, as {@link FloatNeighbors#find} does: anew, or where they were kept. */
@FunctionalInterface
public interface NeighborSearch {
    /**
     * The nearest rows of a database.
     *
     * @param database n x d, as {@link Similarity#prepare} gives it
     * @param queries m x d, prepared too
     * @param k from 1 to n
     * @throws IOException if kept neighbors cannot be read
     */
    FloatNeighbors find(FeatureMatrix database, FeatureMatrix queries, int k, Similarity similarity) throws IOException;
}
