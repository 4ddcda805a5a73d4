package io.github.linfhash.engines.lucene;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The calls that a process of Lucene answers. Standard input has the name of a call, then its arguments; standard output has a
 * byte, {@link #DONE} and the results, or {@link #FAILED} and a message. Numbers are in Java's order of bytes, texts in
 * {@linkplain DataOutput#writeUTF its UTF-8}, and lists begin with the number of their elements. The process ends with its input.
 */
public enum LuceneCall {
    /** No arguments. Results: the versions of Lucene and of Java, and whether Lucene uses the Vector API. */
    VERSIONS,
    /** Arguments: a file of float32 in little-endian order, rows, dimension, the name of a {@code VectorSimilarityFunction}, columns of a name and the rows' values. */
    LOAD,
    /**
     * Builds an index of the first rows in place of the one before. Arguments: rows, the name of a {@code ScalarEncoding} or nothing for float32,
     * maxConn or 0 for a scan, beamWidth, whether segments are merged into one, megabytes of the writer's buffer. Results: bytes that searches need in memory, bytes of all
     * other files, seconds.
     */
    BUILD,
    /** Removes the index. */
    DROP,
    /** Arguments: k of the query, candidates, whether all codes are scanned, queries. Results: for each query the rows in the order of their codes. */
    CANDIDATES,
    /** Arguments: settings of k and candidates, neighbors, queries. Results: for each setting the rows and the milliseconds of each query, asked in turns. */
    SEARCH,
    /**
     * Searches with filters. Arguments: k of the query and candidates, or 0 and 0 for an exact scan of the rows that match, neighbors, the name of a
     * column, for each query the value that it asks for, queries. Results: the rows and the milliseconds of each query.
     */
    FILTERED,
    /** Arguments: k, candidates, neighbors, clients, seconds, queries. Results: searches per second of all clients. */
    CLIENTS;

    /** The first byte of an answer with results. */
    public static final int DONE = 1;

    /** The first byte of an answer with a message. */
    public static final int FAILED = 0;

    /** Writes lists of row numbers. */
    public static void writeRows(DataOutput out, int[][] lists) throws IOException {
        out.writeInt(lists.length);
        for (int[] list : lists) {
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (list.length + 1));
            bytes.putInt(list.length).asIntBuffer().put(list);
            out.write(bytes.array());
        }
    }

    /** Reads lists of row numbers. */
    public static int[][] readRows(DataInput in) throws IOException {
        int[][] lists = new int[in.readInt()][];
        for (int i = 0; i < lists.length; i++) {
            byte[] bytes = new byte[Integer.BYTES * in.readInt()];
            in.readFully(bytes);
            lists[i] = new int[bytes.length / Integer.BYTES];
            ByteBuffer.wrap(bytes).asIntBuffer().get(lists[i]);
        }
        return lists;
    }

    /** Writes vectors. */
    public static void writeVectors(DataOutput out, float[][] vectors) throws IOException {
        out.writeInt(vectors.length);
        for (float[] vector : vectors) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length);
            bytes.asFloatBuffer().put(vector);
            out.write(bytes.array());
        }
    }

    /** Reads vectors of a dimension. */
    public static float[][] readVectors(DataInput in, int dimension) throws IOException {
        float[][] vectors = new float[in.readInt()][dimension];
        byte[] bytes = new byte[Float.BYTES * dimension];
        for (float[] vector : vectors) {
            in.readFully(bytes);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
        }
        return vectors;
    }
}
