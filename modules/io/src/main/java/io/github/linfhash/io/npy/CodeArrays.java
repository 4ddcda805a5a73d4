package io.github.linfhash.io.npy;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Binary codes as NPY files: n rows of N bits, packed or one element a bit.
 *
 * <p>Packed: uint8, n x ceil(N / 8); bit b of a code is bit {@code b % 8} of byte {@code b / 8}, as
 * {@code numpy.packbits(bits, axis=1, bitorder="little")} makes it. One element a bit: n x N of any type that linfhash
 * reads, every element 0 or 1.
 *
 * <p>Which of the two a file is follows from its content where N is not given: a matrix whose elements are all 0 or 1
 * holds one element a bit; any other uint8 matrix is packed and N is 8 times its columns. Give N where that is not
 * enough: packed codes that happen to be all 0 or 1, or an N that is no multiple of 8.
 */
public final class CodeArrays {
    /** The longest code that is read. */
    public static final int MOST_BITS = 1 << 16;

    private CodeArrays() {}

    /**
     * Reads codes whose length follows from the content.
     *
     * @throws InputException if the file holds no codes
     */
    public static BinaryCodes read(Path file) {
        NpyArray array = matrix(file);
        if (array.isZeroOne()) {
            return ofElements(array);
        }
        if (array.type() != NpyType.UINT8) {
            throw array.wrong(file.toString(), "codes: packed as uint8, or a matrix of nothing but 0 and 1");
        }
        return BinaryCodes.ofBytes(array.rows(), Math.multiplyExact(8, array.columns()), array.toBytes());
    }

    /**
     * Reads codes of a known length: one element a bit if the matrix has N columns, else packed.
     *
     * @param bits N, at least 1
     * @throws InputException if the file holds no codes of that length
     */
    public static BinaryCodes read(Path file, int bits) {
        return read(file, bits, "");
    }

    /**
     * Reads codes of a known length: one element a bit if the matrix has N columns, else packed.
     *
     * @param bits N, at least 1
     * @param asked who says that it is N, for the message, such as {@code --bits}
     * @throws InputException if the file holds no codes of that length
     */
    public static BinaryCodes read(Path file, int bits, String asked) {
        NpyArray array = matrix(file);
        if (array.columns() == bits && array.isZeroOne()) {
            return ofElements(array);
        }
        if (array.type() != NpyType.UINT8 || array.columns() != (bits + 7) / 8) {
            throw array.wrong(
                    file.toString(),
                    "codes of " + length(bits, asked) + ": uint8 with "
                            + (bits + 7) / 8 + " columns, or a matrix of nothing but 0 and 1 with " + bits
                            + " columns");
        }
        return ofPacked(file.toString(), array, 0, bits, asked);
    }

    /**
     * The next codes of a file that is read in blocks; it must be packed.
     *
     * @param most how many codes at most
     * @param bits N
     * @return fewer codes at the file's end, and none after it
     * @throws InputException if the array holds no packed codes of that length
     */
    public static BinaryCodes next(NpyRows file, int most, int bits) {
        if (file.type() != NpyType.UINT8 || file.dimensions() != 2 || file.columns() != (bits + 7) / 8) {
            throw new InputException(file.name() + " has a wrong content: expected packed codes of " + bits
                    + " bits: uint8 with " + (bits + 7) / 8 + " columns, found " + file.shown());
        }
        int first = file.position();
        return ofPacked(file.name(), file.next(most), first, bits, "");
    }

    private static BinaryCodes ofPacked(String file, NpyArray array, int firstRow, int bits, String asked) {
        byte[] bytes = array.toBytes();
        requireUnusedBitsClear(file, firstRow, bits, bytes, asked);
        return BinaryCodes.ofBytes(array.rows(), bits, bytes);
    }

    private static String length(int bits, String asked) {
        return bits + " bits" + (asked.isEmpty() ? "" : ", as " + asked + " says");
    }

    private static NpyArray matrix(Path file) {
        NpyArray array = NpyFile.read(file);
        if (!array.isMatrix() || array.columns() > MOST_BITS) {
            throw array.wrong(
                    file.toString(),
                    "codes: a matrix with one row for each code and at most " + MOST_BITS + " columns");
        }
        return array;
    }

    private static BinaryCodes ofElements(NpyArray array) {
        int bits = array.columns();
        int width = (bits + 7) / 8;
        byte[] bytes = new byte[Math.multiplyExact(array.rows(), width)];
        for (int i = 0; i < array.rows(); i++) {
            for (int b = 0; b < bits; b++) {
                if (array.real(i * bits + b) != 0) {
                    bytes[i * width + b / 8] |= (byte) (1 << (b % 8));
                }
            }
        }
        return BinaryCodes.ofBytes(array.rows(), bits, bytes);
    }

    private static void requireUnusedBitsClear(String file, int firstRow, int bits, byte[] bytes, String asked) {
        int width = (bits + 7) / 8;
        int used = bits - 8 * (width - 1);
        for (int last = width - 1; last < bytes.length; last += width) {
            if ((bytes[last] & 0xff) >>> used != 0) {
                throw new InputException(file + " has a wrong code in row " + (firstRow + last / width)
                        + " (counted from 0): expected " + length(bits, asked) + ", found one set beyond them");
            }
        }
    }

    /** Writes codes packed. */
    public static void write(Path file, BinaryCodes codes) throws IOException {
        List<Integer> shape = List.of(codes.size(), (codes.bits() + 7) / 8);
        NpyFile.write(file, NpyArray.owning(NpyType.UINT8, shape, codes.toBytes()));
    }
}
