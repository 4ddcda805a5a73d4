package io.github.linfhash.protocols.split;

/** Whether the training images are searched as well. */
public enum TrainingRows {
    /** The database is everything but the queries, as in the paper's CIFAR-10 protocol (59,000 images). */
    IN_DATABASE,
    /** The database is everything but the queries and the training images. */
    OUTSIDE_DATABASE
}
