package io.github.linfhash.codes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * {@value #CODES} codes side by side: a loop over codes reads consecutive memory, of which compilers make vector instructions. Each column is an
 * array of its own, as C2 of Java 17 makes none of an array that is read from an offset on.
 */
final class Block {
    /** The codes of a block; a column of words fits into the first cache. */
    static final int CODES = 256;

    /** By word of 32 bits, then by code. */
    final int[][] words;
    /** By number beside the code, then by code. */
    final float[][] numbers;
    /** By byte of the code, then by code. */
    final byte[] bytes;
    /** The codes themselves, one after the other; not stored with the block. */
    final byte[] rows;

    /**
     * The content of blocks.
     *
     * @param words columns of int32
     * @param numbers columns of float32
     * @param bytes columns of bytes
     * @param rows the bytes of a code if a scan reads the codes themselves too; else 0
     */
    record Shape(int words, int numbers, int bytes, int rows) {
        /** The bytes that are stored for each block. */
        int size() {
            return CODES * (Integer.BYTES * (words + numbers) + bytes);
        }
    }

    Block(Shape shape) {
        words = new int[shape.words()][CODES];
        numbers = new float[shape.numbers()][CODES];
        bytes = new byte[shape.bytes() * CODES];
        rows = new byte[shape.rows() * CODES];
    }

    /** Blocks in memory off the heap, one after the other. */
    record Stored(Shape shape, ByteBuffer bytes, IntBuffer ints, FloatBuffer floats) {
        /**
         * Room for blocks.
         *
         * @throws OutOfMemoryError if the system or the virtual machine has no room for them
         */
        static Stored of(Shape shape, int blocks) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(blocks, shape.size()))
                    .order(ByteOrder.nativeOrder());
            return new Stored(shape, bytes, bytes.asIntBuffer(), bytes.asFloatBuffer());
        }

        int blocks() {
            return bytes.capacity() / shape.size();
        }
    }

    /** Writes the columns. */
    void write(Stored target, int block) {
        int at = block * target.shape().size() / Integer.BYTES;
        for (int[] column : words) {
            target.ints().put(at, column);
            at += CODES;
        }
        for (float[] column : numbers) {
            target.floats().put(at, column);
            at += CODES;
        }
        target.bytes().put(Integer.BYTES * at, bytes);
    }

    /** Reads the columns of a block that was {@linkplain #write written}. */
    void read(Stored source, int block) {
        int at = block * source.shape().size() / Integer.BYTES;
        for (int[] column : words) {
            source.ints().get(at, column);
            at += CODES;
        }
        for (float[] column : numbers) {
            source.floats().get(at, column);
            at += CODES;
        }
        source.bytes().get(Integer.BYTES * at, bytes);
    }
}
