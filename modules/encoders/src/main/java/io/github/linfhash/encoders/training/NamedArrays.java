package io.github.linfhash.encoders.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named arrays in a stream: their number, then for each the name, the length and the values, all big-endian. */
final class NamedArrays {
    private NamedArrays() {}

    static void writeFloats(Map<String, float[]> arrays, DataOutputStream out) throws IOException {
        out.writeInt(arrays.size());
        for (Map.Entry<String, float[]> entry : arrays.entrySet()) {
            float[] values = entry.getValue();
            out.writeUTF(entry.getKey());
            out.writeInt(values.length);
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length));
            bytes.asFloatBuffer().put(values);
            out.write(bytes.array());
        }
    }

    static void writeDoubles(Map<String, double[]> arrays, DataOutputStream out) throws IOException {
        out.writeInt(arrays.size());
        for (Map.Entry<String, double[]> entry : arrays.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().length);
            for (double value : entry.getValue()) {
                out.writeDouble(value);
            }
        }
    }

    static Map<String, float[]> readFloats(DataInputStream in) throws IOException {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            float[] values = new float[count(in, Float.BYTES)];
            ByteBuffer.wrap(in.readNBytes(Float.BYTES * values.length))
                    .asFloatBuffer()
                    .get(values);
            arrays.put(name, values);
        }
        return arrays;
    }

    static Map<String, double[]> readDoubles(DataInputStream in) throws IOException {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            double[] values = new double[count(in, Double.BYTES)];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readDouble();
            }
            arrays.put(name, values);
        }
        return arrays;
    }

    /** A length that the rest of an in-memory stream can hold. */
    private static int count(DataInputStream in, int width) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available() / width) {
            throw new EOFException("an array of " + count + " values is longer than the rest of the file");
        }
        return count;
    }
}
