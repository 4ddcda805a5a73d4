package io.github.linfhash.core.method;

/**
 * The size of data that a method is to work on.
 *
 * @param database rows of the database
 * @param dimension of the features
 */
public record DataShape(int database, int dimension) {}
