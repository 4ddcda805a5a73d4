package io.github.linfhash.codes;

/** Vectors by the ids of their codes, or by their rows. */
@FunctionalInterface
public interface VectorSource {
    /**
     * Copies a vector.
     *
     * @param target takes d values
     * @throws IndexOutOfBoundsException if there is no vector with this id
     */
    void copy(long id, float[] target);
}
