package io.github.linfhash.protocols.npy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/** Feature matrices as NPY files: n x d, written as float32, read from float32 or float64 (rounded). */
public final class FeatureArrays {
    private FeatureArrays() {}

    /**
     * Reads a feature matrix.
     *
     * @throws InputException if the file is no such array, or a value is not finite as float32
     */
    public static FeatureMatrix read(Path file) {
        NpyArray array = NpyFile.read(file);
        boolean real = array.type() == NpyType.FLOAT32 || array.type() == NpyType.FLOAT64;
        if (!real || !array.isMatrix()) {
            throw array.wrong(file.toString(), "features: a float32 or float64 matrix, one row for each image");
        }
        float[] values = array.toFloats();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new InputException(file + " has a wrong value in row " + i / array.columns() + ", column "
                        + i % array.columns() + " (counted from 0): expected a finite float32 number, found "
                        + array.real(i));
            }
        }
        return FeatureMatrix.owning(array.rows(), array.columns(), values);
    }

    /** Writes a feature matrix as float32. */
    public static void write(Path file, FeatureMatrix features) throws IOException {
        float[] values = features.toArray();
        ByteBuffer content =
                ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        content.asFloatBuffer().put(values);
        List<Integer> shape = List.of(features.rows(), features.dimension());
        NpyFile.write(file, NpyArray.owning(NpyType.FLOAT32, shape, content.array()));
    }
}
