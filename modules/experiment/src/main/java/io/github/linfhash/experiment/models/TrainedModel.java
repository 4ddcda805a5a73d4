package io.github.linfhash.experiment.models;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.protocols.protocol.Preprocessor;

/**
 * A hash function together with the preprocessing of its training, so that it takes raw feature vectors.
 *
 * @param card what it is and where it comes from
 * @param preprocessor what is done to raw vectors first
 * @param function the learned function of preprocessed vectors
 */
public record TrainedModel(ModelCard card, Preprocessor preprocessor, HashFunction function) {
    public TrainedModel {
        requireEqual("bits", card.bits(), function.bits());
        requireEqual("dimension", card.dimension(), function.dimension());
        requireEqual("dimension", card.dimension(), preprocessor.dimension());
    }

    private static void requireEqual(String what, int stated, int actual) {
        if (stated != actual) {
            throw new InputException(what + ": expected " + actual + " as in the learned function, found " + stated);
        }
    }

    /**
     * Encodes raw vectors.
     *
     * @param raw n x d
     * @param where names the vectors for messages
     * @throws InputException if they have another dimension
     */
    public BinaryCodes encode(FeatureMatrix raw, String where) {
        if (raw.dimension() != card.dimension()) {
            throw new InputException(where + ": expected vectors of dimension " + card.dimension()
                    + ", which the model takes, found dimension " + raw.dimension());
        }
        return function.encode(preprocessor.apply(raw));
    }
}
