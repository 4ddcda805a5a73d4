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
    /** The codes whose columns of bytes lie next to each other. */
    private static final int GROUP = 128;

    private final int[][] words;
    /** By number beside the code, then by code. */
    final float[][] numbers;
    /** By byte of the code, then by code; of a block that is turned, not of one that is read. */
    private final byte[] turned;

    private ByteBuffer stored = ByteBuffer.allocate(0);
    private IntBuffer ints = stored.asIntBuffer();
    private int start;
    private int copied;

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

    /** Sets the columns of bytes to the first bytes of codes that lie one after the other, in the order of {@link VectorKernels#sumsOfHalves}. */
    void turnBytes(byte[] codes, int stride) {
        int count = turned.length / CODES;
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < CODES; i++) {
                turned[(i / GROUP * count + k) * GROUP + place(i % GROUP)] = codes[i * stride + k];
            }
        }
    }

    /** The place of a code of a group in a column of bytes. */
    private static int place(int code) {
        return 2 * (code % (GROUP / 2)) + code / (GROUP / 2);
    }

    /** The byte of a code that was turned. */
    byte turnedByte(int code, int k, int count) {
        return stored.get(bytesAt() + (code / GROUP * count + k) * GROUP + place(code % GROUP));
    }

    /** Where the stored columns of this block are, for kernels that read them there: first those of words. */
    ByteBuffer stored() {
        return stored;
    }

    /** A column of words of 32 bits. Of a block that is read, columns are copied when they are asked for, one after the other. */
    int[] word(int w) {
        for (; copied <= w; copied++) {
            ints.get(start / Integer.BYTES + copied * CODES, words[copied]);
        }
        return words[w];
    }

    /** How many columns of words there are. */
    int words() {
        return words.length;
    }

    /** The place of the first column of words in {@link #stored}. */
    int wordsAt() {
        return start;
    }

    /** The place of the first column of bytes in {@link #stored}. */
    int bytesAt() {
        return start + Integer.BYTES * CODES * (words.length + numbers.length);
    }

    /** Room for a block that is turned or read, in which all columns stay. */
    Block(Shape shape) {
        this(shape, shape.words());
    }

    /**
     * Room for a block.
     *
     * @param kept how many columns of words stay; of fewer than all, later ones replace earlier ones, which saves cache where each is read once
     */
    Block(Shape shape, int kept) {
        int[][] room = new int[Math.min(kept, shape.words())][CODES];
        words = new int[shape.words()][];
        for (int w = 0; w < words.length; w++) {
            words[w] = room[w % room.length];
        }
        copied = words.length;
        numbers = new float[shape.numbers()][CODES];
        turned = new byte[shape.bytes() * CODES];
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
        target.bytes().put(Integer.BYTES * at, turned);
    }

    /** Takes a block that was {@linkplain #write written}. */
    void read(Stored source, int block) {
        stored = source.bytes();
        ints = source.ints();
        start = block * source.shape().size();
        copied = 0;
        int at = start / Integer.BYTES + CODES * words.length;
        for (float[] column : numbers) {
            source.floats().get(at, column);
            at += CODES;
        }
    }
}
