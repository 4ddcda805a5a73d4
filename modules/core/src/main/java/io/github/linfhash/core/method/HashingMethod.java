package io.github.linfhash.core.method;

/**
 * A published method with its options, ready to be trained.
 *
 * <p>Implementations are immutable, keep no state between trainings, take every random choice from the context's named
 * streams, and see training data only: queries, databases with their relevance, and metrics never reach them.
 */
@FunctionalInterface
public interface HashingMethod {
    /**
     * Learns a hash function.
     *
     * @param training the training images and what is known of them
     * @param bits the code length N, at least 1
     * @param context random streams, progress and working folder
     * @return the learned function; the same one, to the last bit, for the same arguments and number of threads
     * @throws io.github.linfhash.core.errors.InputException if the method cannot work with this data or code length;
     *     the sentence says what it needs
     * @throws io.github.linfhash.codes.NonFiniteException if a loss or weight becomes NaN or infinite
     */
    HashFunction train(TrainingSet training, int bits, TrainingContext context);
}
