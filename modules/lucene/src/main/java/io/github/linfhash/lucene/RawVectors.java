package io.github.linfhash.lucene;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Vectors in a file without a header: float32, little-endian, one vector after another.
 *
 * @param path of the file
 * @param rows the number of vectors
 * @param dimension the dimension of each vector
 */
record RawVectors(Path path, int rows, int dimension) {
    /** Receives a vector. */
    @FunctionalInterface
    interface Row {
        void take(int number, float[] vector) throws IOException;
    }

    /** Reads the first vectors, each into a new array. */
    void forEach(int first, Row row) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * dimension).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(path)) {
            for (int r = 0; r < first; r++) {
                bytes.clear();
                while (bytes.hasRemaining()) {
                    if (file.read(bytes) < 0) {
                        throw new EOFException(path + " ends in row " + r);
                    }
                }
                float[] vector = new float[dimension];
                bytes.flip().asFloatBuffer().get(vector);
                row.take(r, vector);
            }
        }
    }
}
