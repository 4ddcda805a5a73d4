package io.github.linfhash.experiment.models;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;

/** The arrays of a model as .npy files. */
final class ModelArrays {
    private ModelArrays() {}

    /** The bytes of an array's file. */
    static byte[] toNpy(ModelArray array) {
        NpyType type = NpyType.valueOf(array.type().name());
        int elements = array.shape().stream().reduce(1, Math::multiplyExact);
        ByteBuffer content =
                ByteBuffer.allocate(Math.multiplyExact(type.bytes(), elements)).order(ByteOrder.LITTLE_ENDIAN);
        switch (array.type()) {
            case FLOAT32 -> content.asFloatBuffer().put(array.floats());
            case FLOAT64 -> content.asDoubleBuffer().put(array.doubles());
            case INT32 -> content.asIntBuffer().put(array.ints());
        }
        return NpyFile.toBytes(NpyArray.owning(type, array.shape(), content.array()));
    }

    static StateJson.ArrayJson describe(ModelArray array, byte[] file) {
        return new StateJson.ArrayJson(name(array.type()), array.shape(), sha256(file));
    }

    private static String name(Enum<?> type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static String sha256(byte[] file) {
        return HexFormat.of().formatHex(Digests.sha256().digest(file));
    }

    /**
     * The array of a file.
     *
     * @param where names the file for messages
     * @param stated what model.json says of it
     */
    static ModelArray ofNpy(String where, StateJson.ArrayJson stated, byte[] file) {
        if (!sha256(file).equals(stated.sha256())) {
            throw new InputException(where + " is damaged: expected the SHA-256 that model.json states, found another");
        }
        NpyArray array = NpyFile.read(StrictInput.part(where, new ByteArrayInputStream(file), file.length));
        String found = name(array.type());
        if (!found.equals(stated.type()) || !array.shape().equals(stated.shape())) {
            throw new InputException(where + ": expected " + stated.type() + " of shape " + stated.shape()
                    + " as model.json states, found " + found + " of shape " + array.shape());
        }
        return convert(where, array);
    }

    private static ModelArray convert(String where, NpyArray array) {
        int[] shape = array.shape().stream().mapToInt(Integer::intValue).toArray();
        ByteBuffer content = ByteBuffer.wrap(array.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
        try {
            switch (array.type()) {
                case FLOAT32 -> {
                    float[] values = new float[array.elements()];
                    content.asFloatBuffer().get(values);
                    return ModelArray.floats(values, shape);
                }
                case FLOAT64 -> {
                    double[] values = new double[array.elements()];
                    content.asDoubleBuffer().get(values);
                    return ModelArray.doubles(values, shape);
                }
                case INT32 -> {
                    int[] values = new int[array.elements()];
                    content.asIntBuffer().get(values);
                    return ModelArray.ints(values, shape);
                }
                default ->
                    throw new InputException(
                            where + ": expected float32, float64 or int32, found " + name(array.type()));
            }
        } catch (NonFiniteException e) {
            throw new InputException(where + ": expected finite numbers, found NaN or an infinite one", e);
        }
    }
}
