package io.github.linfhash.encoders.training;

/** Where the pairs of an epoch come from. */
public enum PairSource {
    /** One list drawn before training, gone through in a new order every epoch. */
    FIXED_LIST,
    /** New pairs for every epoch. */
    RESAMPLED,
    /** All pairs of the images of a batch. */
    IN_BATCH
}
