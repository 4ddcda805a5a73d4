package io.github.linfhash.codes;

import java.util.List;

/** The parts of a learned map, as its reader asks for them: numbers, words and arrays by name (docs/model-format.md). */
public interface ModelValues {
    /** The dimension of vectors. */
    int inputs();

    /** The number of values of a mapped vector. */
    int outputs();

    /** Whether there is a number of a name. */
    boolean hasNumber(String name);

    /** A number within bounds, both included. */
    double number(String name, double least, double most) throws InvalidFileException;

    /** A whole number within bounds, both included. */
    int count(String name, int least, int most) throws InvalidFileException;

    /** One of several words. */
    String word(String name, List<String> allowed) throws InvalidFileException;

    /** One of several words, or another one where there is none. */
    String word(String name, List<String> allowed, String absent) throws InvalidFileException;

    /** The number of rows of an array that must be there, at least 1. */
    int rows(String name) throws InvalidFileException;

    /** The values of a float32 array of the given shape, all finite, in a new array. */
    float[] floats(String name, int... shape) throws InvalidFileException;

    /** The values of a float64 array of the given shape, all finite, in a new array. */
    double[] doubles(String name, int... shape) throws InvalidFileException;

    /** The values of an int32 array of the given shape, each from 0 to {@code below} - 1, in a new array. */
    int[] indices(String name, int below, int... shape) throws InvalidFileException;
}
