package io.github.linfhash.codes.files;

import io.github.linfhash.codes.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A whole array of an .npy file in C order and little-endian. Its accessors check the type and the shape that the caller expects. */
public final class NumpyArray {
    private final String name;
    private final ArrayHeader header;
    private final ByteBuffer elements;

    private NumpyArray(String name, ArrayHeader header, ByteBuffer elements) {
        this.name = name;
        this.header = header;
        this.elements = elements;
    }

    /**
     * Reads a file of at most 2 GiB.
     *
     * @throws InvalidFileException if it is missing, or is no such array
     */
    public static NumpyArray read(Path file) throws IOException {
        MappedRows.requireFile(file);
        if (Files.size(file) > Integer.MAX_VALUE - 64) {
            throw new InvalidFileException(
                    file + " is too large: expected at most 2 GiB, found " + Files.size(file) + " bytes");
        }
        return of(file.toString(), Files.readAllBytes(file));
    }

    /**
     * Returns the array of the bytes of a file.
     *
     * @param name names the file for messages
     * @throws InvalidFileException if it is no such array
     */
    public static NumpyArray of(String name, byte[] file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        ArrayHeader header = ArrayHeader.read(name, target -> {
            if (target.length > bytes.remaining()) {
                throw new InvalidFileException(
                        name + " is too short: expected an NPY header, found its end after " + file.length + " bytes");
            }
            bytes.get(target);
        });
        if (header.isTransposed() || header.descriptor().startsWith(">")) {
            throw new InvalidFileException(
                    name + ": expected C order and little-endian numbers, found Fortran order or big-endian ones");
        }
        return new NumpyArray(name, header, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** One or two sizes. */
    public List<Integer> shape() {
        return header.shape();
    }

    /**
     * Returns the values of an array of float32, in a new array.
     *
     * @throws InvalidFileException if the type or the shape is another, or a value is NaN or infinite
     */
    public float[] floats(int... shape) throws InvalidFileException {
        float[] values = new float[require("<f4", Float.BYTES, shape)];
        elements.asFloatBuffer().get(values);
        for (float value : values) {
            requireFinite(value);
        }
        return values;
    }

    /**
     * Returns the values of an array of float64, in a new array.
     *
     * @throws InvalidFileException if the type or the shape is another, or a value is NaN or infinite
     */
    public double[] doubles(int... shape) throws InvalidFileException {
        double[] values = new double[require("<f8", Double.BYTES, shape)];
        elements.asDoubleBuffer().get(values);
        for (double value : values) {
            requireFinite(value);
        }
        return values;
    }

    /**
     * Returns the values of an array of int32, in a new array.
     *
     * @throws InvalidFileException if the type or the shape is another
     */
    public int[] ints(int... shape) throws InvalidFileException {
        int[] values = new int[require("<i4", Integer.BYTES, shape)];
        elements.asIntBuffer().get(values);
        return values;
    }

    private void requireFinite(double value) throws InvalidFileException {
        if (!Double.isFinite(value)) {
            throw new InvalidFileException(name + ": expected finite numbers, found " + value);
        }
    }

    /** Returns the number of elements, after comparing it with the length of the file, so that no more memory is allocated. */
    private int require(String type, int bytes, int[] shape) throws InvalidFileException {
        List<Integer> sizes = Arrays.stream(shape).boxed().toList();
        if (!header.descriptor().equals(type) || !header.shape().equals(sizes)) {
            throw new InvalidFileException(name + ": expected " + type + " of shape " + sizes + ", found "
                    + header.descriptor() + " of shape " + header.shape());
        }
        long expected = bytes;
        for (int size : shape) {
            expected = expected > Integer.MAX_VALUE ? expected : expected * size;
        }
        if (expected != elements.capacity()) {
            throw new InvalidFileException(name + ": expected " + type + " of shape " + sizes + ", found "
                    + elements.capacity() + " bytes behind the header");
        }
        return elements.capacity() / bytes;
    }
}
