package io.github.linfhash.codes;

import java.nio.ByteBuffer;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Loops over the {@value Block#CODES} codes of a block that the artifact {@code linfhash-codes-vector} makes of vector instructions. Not for
 * programs: it changes with this library. It has no format and decides nothing; without it, distances are the same to the last bit.
 */
public interface VectorKernels {
    /**
     * The kernels of this process: those of the artifact if it is on the class path, Java is as new as it asks for, and the module {@code
     * jdk.incubator.vector} is there (add {@code --add-modules jdk.incubator.vector} to the options of Java); or else null.
     */
    @Nullable VectorKernels FOUND = found();

    private static @Nullable VectorKernels found() {
        boolean usable = Runtime.version().feature() >= 25
                && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return usable
                ? ServiceLoader.load(VectorKernels.class, VectorKernels.class.getClassLoader())
                        .findFirst()
                        .filter(VectorKernels::usable)
                        .orElse(null)
                : null;
    }

    /** Whether the processor has vectors of at least 256 bits; with others, ordinary loops are as fast. */
    boolean usable();

    /**
     * Counts the bits in which each code differs from a query.
     *
     * @param columns words of 32 bits in the order of the processor, from {@code at} on: by word and then by code
     * @param query a word for each column
     * @param target takes a count for each code
     * @return the least count
     */
    int hamming(ByteBuffer columns, int at, int[] query, int[] target);

    /**
     * Sums what a table has for the lower and for the upper four bits of each byte of a code.
     *
     * @param columns bytes, from {@code at} on: by group of 128 codes, then by byte of the code, then by code: at even places those of the first half
     *     of the group, at odd places those of the second half
     * @param count the bytes of a code
     * @param table for each byte of a code 16 unsigned bytes for its lower bits and 16 for its upper ones; and 64 bytes that are not used
     * @param most the largest value of the table
     * @param target takes a sum for each code
     * @return the least sum
     */
    int sumsOfHalves(ByteBuffer columns, int at, int count, byte[] table, int most, int[] target);

    /**
     * Sums what a table of 256 unsigned bytes has for each byte of a code; else as {@link #sumsOfHalves}.
     *
     * @return the least sum
     */
    int sumsOfBytes(ByteBuffer columns, int at, int count, byte[] table, int[] target);

    /**
     * Sums the products of the whole numbers of each code with those of a query.
     *
     * @param rows codes one after the other, whose first bytes are whole numbers within -127..127
     * @param stride from one code to the next
     * @param query as many whole numbers as are multiplied, within -127..127
     * @param target takes a sum for each code
     */
    void products(byte[] rows, int stride, byte[] query, int[] target);

    /**
     * Finds the nearest point of each row, of equally near ones the first: the least score, in the order of float32 operations of {@link
     * SmallCodebook}.
     *
     * @param rows at least n rows of {@code dimension} values
     * @param points m x ceil(d / 4) 4 values of -2 p, 0 behind the last coordinate
     * @param squaredNorms of the m points
     * @param nearest takes the points of n rows
     */
    void nearest(float[] rows, int dimension, int n, float[] points, float[] squaredNorms, int[] nearest);
}
