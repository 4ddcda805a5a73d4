package io.github.linfhash.io.npy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.StrictInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The rows of an .npy file, read in blocks from the first to the last, so that the file may be larger than memory. */
public final class NpyRows implements AutoCloseable {
    private final StrictInput in;
    private final NpyHeader header;
    private int done;

    private NpyRows(StrictInput in, NpyHeader header) {
        this.in = in;
        this.header = header;
    }

    /**
     * Opens a file and checks that it is as long as its header says.
     *
     * @throws InputException if it is missing, or no array of one or two dimensions in C order
     */
    public static NpyRows open(Path file) {
        StrictInput in = StrictInput.open(file);
        try {
            NpyHeader header = NpyFile.readHeader(in);
            if (header.isTransposed()) {
                throw new InputException(file + " cannot be read row by row: expected C order, found Fortran order"
                        + " (numpy.ascontiguousarray changes it)");
            }
            in.requireRoom(header.bytes(), header.shown());
            if (in.room() > header.bytes()) {
                throw new InputException(file + " is too long: expected a header and " + header.shown() + ", found "
                        + (in.room() - header.bytes()) + " bytes more");
            }
            return new NpyRows(in, header);
        } catch (InputException e) {
            in.close();
            throw e;
        }
    }

    /** The file's name, for messages. */
    public String name() {
        return in.name();
    }

    public NpyType type() {
        return header.type();
    }

    /** The number of rows in the file. */
    public int rows() {
        return header.shape().get(0);
    }

    public int dimensions() {
        return header.shape().size();
    }

    public int columns() {
        return dimensions() == 1 ? 1 : header.shape().get(1);
    }

    /** The number of rows that have been read. */
    public int position() {
        return done;
    }

    /** The type and the shape, for messages. */
    public String shown() {
        return header.shown();
    }

    /** Passes over rows, at most those that are left. */
    public void skip(int count) {
        in.skip((long) Objects.checkIndex(count, rows() - done + 1) * columns() * type().bytes(), header.shown());
        done += count;
    }

    /**
     * The next rows.
     *
     * @param most how many at most, at least 1; their bytes must fit into an array
     * @return fewer at the file's end, and none after it
     */
    public NpyArray next(int most) {
        int count = Math.min(most, rows() - done);
        List<Integer> shape = dimensions() == 1 ? List.of(count) : List.of(count, columns());
        byte[] content = new byte[Math.multiplyExact(Math.multiplyExact(count, columns()), type().bytes())];
        in.read(content, 0, content.length, header.shown());
        NpyFile.toLittleEndian(content, header);
        done += count;
        return NpyArray.owning(type(), shape, content);
    }

    @Override
    public void close() {
        in.close();
    }
}
