package io.github.linfhash.formats.hdf5;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.StoredRows;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A matrix that lies in chunks of equal size, each perhaps shuffled and deflated. One chunk at a time is in memory, and those without a
 * wanted row are not read.
 */
final class Chunks {
    private static final long MOST_CHUNKS = 1 << 24;

    /** Deflate adds a header, a checksum, and an empty block at most to what it cannot shrink further. */
    private static final long DEFLATE_EXTRA = 64;

    private final StoredRows matrix;
    private final Storage storage;
    private final int height;
    private final int width;
    private final boolean shuffled;
    private final boolean deflated;
    private final int across;
    private final long[] addresses;
    private final int[] sizes;
    private long found;
    private long stored;

    /**
     * Describes the chunks, which are then {@linkplain #add added}.
     *
     * @param height the rows of a chunk
     * @param width the columns of a chunk
     * @throws InputException if there are more chunks than the file can hold, or a chunk takes too much memory
     */
    Chunks(StoredRows matrix, Storage storage, int height, int width, boolean shuffled, boolean deflated) {
        this.matrix = matrix;
        this.storage = storage;
        this.height = height;
        this.width = width;
        this.shuffled = shuffled;
        this.deflated = deflated;
        long most =
                Math.min(Integer.MAX_VALUE - Long.BYTES, Runtime.getRuntime().maxMemory() / 8);
        if ((long) height * width > most / matrix.type().bytes()) {
            throw new InputException(matrix.name() + " does not fit into memory: expected chunks of at most " + most
                    + " bytes, an eighth of the heap (LINFHASH_HEAP makes it larger), found chunks of " + height + " x "
                    + width + " in " + matrix.type().shown());
        }
        this.across = ceil(matrix.dimension(), width);
        long count = (long) ceil(matrix.rows(), height) * across;
        // The index of the chunks takes more than this for each of them.
        long believed = Math.min(MOST_CHUNKS, storage.size() / Long.BYTES);
        if (count > believed) {
            throw new InputException(matrix.name() + " claims too much: expected at most " + believed
                    + " chunks in a file of " + storage.size() + " bytes, found " + count + " for " + matrix.rows()
                    + " vectors of dimension " + matrix.dimension());
        }
        this.addresses = new long[(int) count];
        this.sizes = new int[(int) count];
        Arrays.fill(sizes, -1);
    }

    private static int ceil(int all, int part) {
        return (int) (((long) all + part - 1) / part);
    }

    private int bytes() {
        return height * width * matrix.type().bytes();
    }

    /**
     * Adds a chunk.
     *
     * @param row the number of its first row
     * @param column the number of its first column
     * @throws InputException if there is no such chunk, it was added before, or it does not lie in the file
     */
    void add(long row, long column, long address, int size) {
        boolean inside = row >= 0 && row < matrix.rows() && column >= 0 && column < matrix.dimension();
        if (!inside || row % height != 0 || column % width != 0) {
            throw damaged("chunks of " + height + " x " + width, "one at row " + row + ", column " + column);
        }
        int at = (int) (row / height) * across + (int) (column / width);
        if (sizes[at] >= 0) {
            throw damaged("each chunk once", "the one at row " + row + ", column " + column + " twice");
        }
        stored += size;
        long most = deflated ? Math.min(Integer.MAX_VALUE, bytes() + bytes() / 100L + DEFLATE_EXTRA) : bytes();
        boolean right = deflated ? (size + DEFLATE_EXTRA) * StrictInput.DEFLATE_FACTOR >= bytes() : size == bytes();
        if (size < 1 || size > most || !right || stored > storage.size()) {
            throw damaged(
                    "chunks that unpack to " + bytes() + " bytes each in a file of " + storage.size(),
                    "one of " + size + " at row " + row + ", column " + column);
        }
        found++;
        addresses[at] = address;
        sizes[at] = size;
    }

    /** Requires that every chunk was added: HDF5 leaves out chunks that nobody wrote, and then their values are not known. */
    void requireAll() {
        if (found < sizes.length) {
            throw new InputException(matrix.name() + " is incomplete: expected " + sizes.length + " chunks, found "
                    + found + "; write all vectors, or fewer of them");
        }
    }

    private InputException damaged(String expected, String foundInstead) {
        return new InputException(matrix.name() + " is damaged: expected " + expected + ", found " + foundInstead
                + "; copy the file again, or write it again from its source");
    }

    /** Takes a chunk. */
    @FunctionalInterface
    private interface Taker {
        /**
         * Takes the elements of a chunk, row after row.
         *
         * @param row the number of its first row
         * @param column the number of its first column
         * @param elements some may lie outside of the matrix
         */
        void take(int row, int column, ByteBuffer elements);
    }

    /** Reads the chunks that have a wanted row, one band of rows after another. */
    private void each(IntPredicate wanted, Progress.Task task, Taker taker) {
        byte[] packed = new byte[deflated ? Arrays.stream(sizes).max().orElse(0) : 0];
        byte[] content = new byte[bytes()];
        byte[] plain = shuffled ? new byte[bytes()] : content;
        ByteBuffer elements = ByteBuffer.wrap(plain).order(matrix.order());
        long done = 0;
        for (int at = 0; at < sizes.length; at++) {
            int row = at / across * height;
            int end = (int) Math.min(matrix.rows(), (long) row + height);
            if (IntStream.range(row, end).anyMatch(wanted)) {
                if (deflated) {
                    storage.read(addresses[at], packed, sizes[at]);
                    inflate(packed, sizes[at], content, row);
                } else {
                    storage.read(addresses[at], content, sizes[at]);
                }
                if (shuffled) {
                    unshuffle(content, plain, matrix.type().bytes());
                }
                taker.take(row, at % across * width, elements);
            }
            task.advance(sizes[at]);
            done += sizes[at];
        }
        task.advance(storage.size() - done);
    }

    private void inflate(byte[] packed, int size, byte[] content, int row) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed, 0, size);
            int length = 0;
            for (int more = 1; more > 0 && length < content.length; length += more) {
                more = inflater.inflate(content, length, content.length - length);
            }
            // The end of the stream, with its checksum, is only seen by asking for more than there is.
            boolean longer = inflater.inflate(new byte[1]) > 0;
            if (length < content.length || longer || !inflater.finished()) {
                throw damaged(
                        content.length + " bytes in the chunk at row " + row,
                        longer ? "more" : length < content.length ? String.valueOf(length) : "no end of them");
            }
        } catch (DataFormatException e) {
            throw damaged("a deflated chunk at row " + row, "something else");
        } finally {
            inflater.end();
        }
    }

    /** Brings the bytes of each element together: the first bytes of all elements come first, then the second ones. */
    private static void unshuffle(byte[] shuffled, byte[] plain, int width) {
        int count = shuffled.length / width;
        for (int part = 0; part < width; part++) {
            for (int i = 0; i < count; i++) {
                plain[i * width + part] = shuffled[part * count + i];
            }
        }
    }

    FeatureMatrix read(RowSelectionCollector kept, Progress.Task task, Consumer<String> notes) {
        kept.begin(matrix.name(), matrix.rows(), matrix.dimension());
        each(row -> !kept.passesOver(row), task, (row, column, elements) -> {
            int columns = Math.min(width, matrix.dimension() - column);
            for (int i = row; i < Math.min(matrix.rows(), (long) row + height); i++) {
                if (!kept.passesOver(i)) {
                    for (int j = 0; j < columns; j++) {
                        matrix.put(kept, i, column + j, elements, (i - row) * width + j);
                    }
                }
            }
        });
        matrix.note(notes);
        return kept.toMatrix();
    }

    NpyArray toArray() {
        int bytes = matrix.type().bytes();
        long size = (long) matrix.rows() * matrix.dimension() * bytes;
        long most =
                Math.min(Integer.MAX_VALUE - Long.BYTES, Runtime.getRuntime().maxMemory() / 4);
        if (size > most) {
            throw new InputException(matrix.name() + " does not fit into memory: expected at most " + most
                    + " bytes, a quarter of the heap (LINFHASH_HEAP makes it larger), found " + size);
        }
        byte[] content = new byte[(int) size];
        each(row -> true, Progress.Task.SILENT, (row, column, elements) -> {
            int columns = Math.min(width, matrix.dimension() - column);
            for (int i = row; i < Math.min(matrix.rows(), (long) row + height); i++) {
                elements.get(
                        (i - row) * width * bytes, content, (i * matrix.dimension() + column) * bytes, columns * bytes);
            }
        });
        return matrix.toArray(content);
    }
}
