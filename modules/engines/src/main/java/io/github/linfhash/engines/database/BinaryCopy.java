package io.github.linfhash.engines.database;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.input.Excerpt;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows in the binary format of PostgreSQL's COPY, which holds float32 values as they are. */
final class BinaryCopy {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int END = -1;

    private BinaryCopy() {}

    /** Writes rows of a bigint, the number of the vector, a vector, and further whole numbers. */
    static void write(OutputStream target, FeatureMatrix vectors, List<int[]> more) throws IOException {
        DataOutputStream out = new DataOutputStream(target);
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
        int d = vectors.dimension();
        float[] values = new float[d];
        for (int row = 0; row < vectors.rows(); row++) {
            out.writeShort(2 + more.size());
            out.writeInt(Long.BYTES);
            out.writeLong(row);
            out.writeInt(2 * Short.BYTES + d * Float.BYTES);
            out.writeShort(d);
            out.writeShort(0);
            vectors.copyRow(row, values);
            for (float value : values) {
                out.writeFloat(value);
            }
            for (int[] column : more) {
                out.writeInt(Integer.BYTES);
                out.writeInt(column[row]);
            }
        }
        out.writeShort(END);
        out.flush();
    }

    private static String text(DataInputStream in) throws IOException {
        int letters = in.readInt();
        return letters < 0 ? "" : new String(in.readNBytes(letters), StandardCharsets.UTF_8);
    }

    /**
     * Reads rows of a key as text, the value of a filter as text and a vector, and leaves out rows without a vector.
     *
     * @param name where they are from, for messages
     * @throws InputException if their dimensions differ, or there are none
     */
    static VectorTables.Sample read(InputStream source, String name) throws IOException {
        DataInputStream in = new DataInputStream(source);
        in.readFully(new byte[SIGNATURE.length]);
        in.readInt();
        in.skipNBytes(in.readInt());
        List<float[]> rows = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<String> filters = new ArrayList<>();
        int without = 0;
        while (in.readShort() != END) {
            String key = text(in);
            String filter = text(in);
            int length = in.readInt();
            if (length < 0) {
                without++;
                continue;
            }
            int d = in.readUnsignedShort();
            in.readShort();
            if (length != 2 * Short.BYTES + d * Float.BYTES) {
                throw new EOFException("a vector of " + d + " dimensions has " + length + " bytes");
            }
            if (!rows.isEmpty() && rows.get(0).length != d) {
                throw new InputException(
                        name + ": expected vectors of one dimension, found " + rows.get(0).length + " and " + d
                                + (key.isEmpty() ? "" : ", the latter in the row with the key " + Excerpt.of(key)));
            }
            float[] values = new float[d];
            for (int j = 0; j < d; j++) {
                values[j] = in.readFloat();
            }
            rows.add(values);
            keys.add(key);
            filters.add(filter);
        }
        if (rows.isEmpty()) {
            throw new InputException(
                    name + ": expected vectors, found " + (without == 0 ? "none" : without + " rows without one"));
        }
        return new VectorTables.Sample(FeatureMatrix.copyOf(rows.toArray(float[][]::new)), keys, filters, without);
    }
}
