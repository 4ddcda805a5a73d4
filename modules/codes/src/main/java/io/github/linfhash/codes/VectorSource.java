package io.github.linfhash.codes;

/** Full-precision vectors by the ids of their codes. */
@FunctionalInterface
public interface VectorSource {
    /**
     * Copies a raw vector.
     *
     * @param target takes d values
     */
    void copy(long id, float[] target);
}
