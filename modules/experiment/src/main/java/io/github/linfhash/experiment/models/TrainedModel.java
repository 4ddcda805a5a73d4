package io.github.linfhash.experiment.models;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.protocols.protocol.Preprocessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        return function.encode(preprocessor.reading(raw));
    }

    /**
     * The description of a model and of its origin.
     *
     * @param method the name of its method
     * @param variant the variant of a protocol that it was trained as, where the protocol has the method in variants; else null
     * @param bits the code length N
     * @param dimension the dimension d of the raw feature vectors that it takes
     * @param options all options of the method, by name
     * @param seed the seed of the split and of training
     * @param training what it was trained on
     * @param program what trained it
     */
    public record ModelCard(
            String method,
            @Nullable String variant,
            int bits,
            int dimension,
            Map<String, Object> options,
            long seed,
            Training training,
            Program program) {
        /**
         * The data that a model was trained on.
         *
         * @param protocol the name of the protocol, or null for a user's own vectors
         * @param protocolSha256 the protocol's hash, or null
         * @param featuresSha256 SHA-256 over all raw feature vectors, those of queries included
         * @param labeled how many labeled vectors there were
         * @param unlabeled how many vectors could be used without labels
         */
        public record Training(
                @Nullable String protocol,
                @Nullable String protocolSha256,
                String featuresSha256,
                int labeled,
                int unlabeled) {}

        /**
         * The program that trained a model.
         *
         * @param version linfhash's version
         * @param commit the commit it was built from, or "unknown"
         * @param command the command, without paths
         */
        public record Program(String version, String commit, String command) {}
    }
}
