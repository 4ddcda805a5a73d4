package io.github.linfhash.encoders.layers;

/** A learned array of a network, by name. */
public interface Parameter {
    /** The paper's name for it, such as {@code W} or {@code b1}. */
    String name();

    /** The number of rows r. */
    int rows();

    /** The number of columns c; 1 for a vector. */
    int columns();

    /** The values, column-major, as a new array of r * c. */
    float[] toArray();

    /** Replaces the values by the r * c given ones, column-major. */
    void assign(float[] columnMajor);

    /** The number of values. */
    default int size() {
        return rows() * columns();
    }
}
