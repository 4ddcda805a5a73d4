package io.github.linfhash.quantisers.neighbours;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantisers.Similarity;
import java.io.IOException;

/** Finds exact neighbours, as {@link FloatNeighbours#find} does: anew, or where they were kept. */
@FunctionalInterface
public interface NeighbourSearch {
    /**
     * The nearest rows of a database.
     *
     * @param database n x d, as {@link Similarity#prepare} gives it
     * @param queries m x d, prepared too
     * @param k from 1 to n
     * @throws IOException if kept neighbours cannot be read
     */
    FloatNeighbours find(FeatureMatrix database, FeatureMatrix queries, int k, Similarity similarity)
            throws IOException;
}
