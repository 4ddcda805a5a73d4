package io.github.linfhash.codes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How mapped vectors become codes of bytes, and how distances to codes are estimated: what is left of a quantizer behind its map. Immutable
 * and safe for threads.
 *
 * <p>The bytes of a code are its row of {@code codes.npy}, and behind them the numbers that stand beside it, little-endian.
 */
abstract sealed class CodeScheme permits SignScheme, RaBitQScheme, Int8Scheme, ProductScheme {
    /** The dimension N of mapped vectors. */
    abstract int inputs();

    /** The bytes of a code. */
    abstract int bytes();

    /**
     * Encodes a vector.
     *
     * @param x the prepared vector, d values
     * @param y the mapped one, N values
     * @param target takes the code from {@code at} on
     */
    abstract void encode(float[] x, float[] y, byte[] target, int at);

    /**
     * A part of each code as an .npy file has it.
     *
     * @param descriptor NumPy's name of the type of elements
     * @param elementBytes the bytes of an element
     * @param bytes of the part in a code
     */
    record Column(String name, String descriptor, int elementBytes, int bytes) {
        /** Codes of so many bytes. */
        static Column codes(int bytes) {
            return new Column("codes", "|u1", 1, bytes);
        }

        /** A number that stands beside each code. */
        static Column number(String name, boolean half) {
            return new Column(name, half ? "<f2" : "<f4", CorrectionTerms.bytes(half), CorrectionTerms.bytes(half));
        }
    }

    /** The parts of a code, in their order. */
    abstract List<Column> columns();

    /** The content of the blocks that a scan compares faster than codes as they lie, or null if it does not. */
    Block.@Nullable Shape blocks() {
        return null;
    }

    /**
     * Turns codes that lie one after the other into a block.
     *
     * @param rows {@value Block#CODES} codes
     * @param target of the shape of {@link #blocks}
     */
    void turn(byte[] rows, Block target) {
        throw new UnsupportedOperationException("a scheme without blocks turns no codes");
    }

    /** Prepares a mapped query, N values. */
    abstract Query query(float[] z);

    /**
     * Says of the bytes of a code from elsewhere whether a vector can have it, as they may be anything.
     *
     * @return what is wrong, or an empty text
     */
    abstract String fault(byte[] code, int at);

    /** Adds all that codes and distances depend on. */
    abstract void describe(MessageDigest digest);

    static void add(MessageDigest digest, String name, int... numbers) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * numbers.length);
        bytes.asIntBuffer().put(numbers);
        digest.update(bytes.array());
    }

    static void add(MessageDigest digest, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes.array());
    }
}
