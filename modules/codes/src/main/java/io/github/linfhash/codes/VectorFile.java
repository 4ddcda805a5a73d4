package io.github.linfhash.codes;

import io.github.linfhash.codes.files.ArrayAppend;
import io.github.linfhash.codes.files.ArrayHeader;
import io.github.linfhash.codes.files.MappedRows;
import io.github.linfhash.codes.files.Mapping;
import io.github.linfhash.codes.files.WholeFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of an .npy file of float32, which may be larger than memory, and behind them those that were added. The id of a vector is its
 * row, or stands in a second file.
 *
 * <p>Safe for threads. What is added stays in memory until it is {@linkplain #append appended} to the file, which no other program must
 * change meanwhile. {@link #close} unmaps the file; all other methods then throw {@link IllegalStateException}.
 */
public final class VectorFile implements VectorSource, Closeable {
    private static final String FLOATS = "<f4";
    private static final String LONGS = "<i8";

    private final Path file;
    private final int width;
    private final @Nullable Own own;
    /** The number of ids that the file contains; guarded by this, as {@link #counted}. */
    private long savedIds;

    /** The number of vectors that the file's header counts: more than are mapped if their ids could not be appended. */
    private long counted;

    /** Null after {@link #close}. */
    private volatile @Nullable Rows rows;

    /** Ids that are not rows, and the file that they are read from. */
    private record Own(Path file, IdTable ids) {}

    /** The vectors of one moment. */
    private record Rows(Mapping mapping, MappedRows stored, AddedRows added) {
        long size() {
            return stored.rows() + added.size();
        }

        int copy(long first, int most, byte[] target) {
            return first < stored.rows()
                    ? stored.copy(first, most, target, 0)
                    : added.copy(first - stored.rows(), most, target, 0);
        }
    }

    private VectorFile(Path file, @Nullable Own own, Mapping mapping, MappedRows stored) {
        this.file = file;
        this.width = stored.width();
        this.own = own;
        this.savedIds = own == null ? 0 : own.ids().view().rows();
        this.counted = stored.rows();
        this.rows = new Rows(mapping, stored, new AddedRows(width));
    }

    /**
     * Maps a file whose rows are the ids of its vectors. Bytes behind the last vector, as a killed {@link #append} leaves them, are ignored.
     *
     * @param file n x d, in C order and little-endian
     * @throws InvalidFileException if it is missing, or anything else
     * @throws IOException if it cannot be read
     */
    public static VectorFile map(Path file) throws IOException {
        Mapping mapping = new Mapping();
        try {
            MappedRows stored = MappedRows.ofNpy(file, FLOATS, Float.BYTES, true, mapping);
            return new VectorFile(file, null, mapping, stored);
        } catch (IOException | RuntimeException e) {
            mapping.close();
            throw e;
        }
    }

    /**
     * Maps a file whose vectors have ids of your own. If several vectors have the same id, the last one counts. Vectors without an id, as a
     * killed {@link #append} leaves them, are not found.
     *
     * @param file n x d float32, in C order and little-endian
     * @param ids n int64, as NumPy writes them
     * @throws InvalidFileException if a file is missing, or anything else, or there are more ids than vectors
     * @throws IOException if a file cannot be read
     */
    public static VectorFile map(Path file, Path ids) throws IOException {
        IdTable own = ids(ids);
        Mapping mapping = new Mapping();
        try {
            MappedRows stored = MappedRows.ofNpy(file, FLOATS, Float.BYTES, true, mapping);
            long count = own.view().rows();
            if (count > stored.rows()) {
                throw new InvalidFileException(ids + ": expected an id for each of the " + stored.rows()
                        + " vectors of " + file + ", found " + count);
            }
            return new VectorFile(file, new Own(ids, own), mapping, stored);
        } catch (IOException | RuntimeException e) {
            mapping.close();
            throw e;
        }
    }

    /**
     * Writes ids for {@link #map(Path, Path)} and {@link CodeIndex#ofFolder(FittedQuantizer, Path, Path)}, whole or not at all: int64, as NumPy
     * writes them. A symbolic link is replaced, not followed.
     *
     * @param ids in the order of the vectors
     * @throws IOException if the file cannot be written
     */
    public static void writeIds(Path target, long... ids) throws IOException {
        WholeFile.write(target, content(LONGS, ",", ids.length, Long.BYTES, (first, most, some) -> {
            ByteBuffer.wrap(some).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(ids, (int) first, most);
            return most;
        }));
    }

    /**
     * Reads a file of ids.
     *
     * @throws InvalidFileException if it is missing, or anything else
     */
    static IdTable ids(Path file) throws IOException {
        IdTable ids = new IdTable();
        try (Mapping brief = new Mapping()) {
            MappedRows numbers = MappedRows.ofNpy(file, LONGS, Long.BYTES, true, brief);
            if (numbers.width() != Long.BYTES || numbers.rows() > IdTable.MOST) {
                throw new InvalidFileException(file + ": expected at most " + IdTable.MOST + " ids, one a row, found "
                        + numbers.rows() + " rows of " + numbers.width() / Long.BYTES);
            }
            for (long row = 0; row < numbers.rows(); row++) {
                ids.add(numbers.number(row));
            }
        }
        return ids;
    }

    private Rows rows() {
        Rows now = rows;
        if (now == null) {
            throw new IllegalStateException("expected open vectors, found closed ones of " + file);
        }
        return now;
    }

    /** The vectors of a moment, which stay mapped until this is closed. */
    private record Retained(Rows rows) implements AutoCloseable {
        @Override
        public void close() {
            rows.mapping().close();
        }
    }

    private Retained retained() {
        Rows now = rows();
        while (!now.mapping().retain()) {
            now = rows();
        }
        return new Retained(now);
    }

    /**
     * Returns the number of vectors, n.
     *
     * @throws IllegalStateException if the vectors are closed
     */
    public long size() {
        return rows().size();
    }

    /** Returns the dimension of vectors, d. */
    public int dimension() {
        return width / Float.BYTES;
    }

    /**
     * Copies a vector.
     *
     * @param target takes d values
     * @throws IllegalArgumentException if it has another length
     * @throws IndexOutOfBoundsException if there is no vector with this id
     * @throws IllegalStateException if the vectors are closed
     */
    @Override
    public void copy(long id, float[] target) {
        requireDimension(target.length);
        // Before the vectors are looked at: an id is given after its vector was added.
        long row = own == null ? id : own.ids().row(id);
        byte[] bytes = new byte[width];
        try (Retained now = retained()) {
            long size = now.rows().size();
            if (row < 0 || row >= size) {
                String expected = own == null
                        ? "an id below " + size + ", as many as " + file + " has vectors"
                        : "an id of " + own.file();
                throw new IndexOutOfBoundsException("expected " + expected + ", found " + id
                        + "; add a vector for each code that is added to an index");
            }
            now.rows().copy(row, 1, bytes);
        }
        floats(bytes).get(target, 0, dimension());
    }

    /**
     * Adds a vector, whose id is its row. To add its code with it, use {@link CodeIndex#add(float[], VectorFile)}.
     *
     * @param vector d finite values
     * @return its id
     * @throws IllegalArgumentException if it has another dimension, a value that is not finite, or if these vectors have ids of their own
     * @throws IllegalStateException if the vectors are closed
     */
    public synchronized long add(float[] vector) {
        if (own != null) {
            throw new IllegalArgumentException(
                    "expected an id, as the vectors of " + file + " have their own; use put");
        }
        long id = size();
        put(id, vector);
        return id;
    }

    /**
     * Adds a vector under an id; the one that has this id is replaced. To put its code with it, use {@link CodeIndex#put(long, float[],
     * VectorFile)}.
     *
     * @param id any number, or the number of vectors if their ids are their rows
     * @param vector d finite values
     * @throws IllegalArgumentException if it has another dimension, a value that is not finite, or if the id is not possible
     * @throws IllegalStateException if the vectors are closed
     */
    public synchronized void put(long id, float[] vector) {
        requireDimension(vector.length);
        if (!Double.isFinite(Similarity.squaredLength(vector, 0, vector.length))) {
            throw new IllegalArgumentException("expected a vector of finite values, found others");
        }
        Rows before = rows();
        if (own == null && id != before.size()) {
            throw new IllegalArgumentException("expected the id " + before.size() + ", the number of vectors of " + file
                    + ", found " + id + "; map them with a file of ids to use others");
        }
        byte[] row = new byte[width];
        floats(row).put(vector);
        rows = new Rows(before.mapping(), before.stored(), before.added().with(row));
        if (own != null) {
            own.ids().addUpTo(before.size(), id);
        }
    }

    private void requireDimension(int found) {
        if (found != dimension()) {
            throw new IllegalArgumentException(
                    "expected vectors of dimension " + dimension() + ", as those of " + file + ", found " + found);
        }
    }

    private static FloatBuffer floats(byte[] row) {
        return ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /**
     * Appends what was added to the file, and then its ids to theirs, without writing the rest again; it no longer needs memory then. A
     * failure at any moment leaves files with all that is appended or with what they contained before.
     *
     * @throws InvalidFileException if a file is missing, cut short, not the one that was mapped, or another one has appended to it; it stays
     *     as it is
     * @throws IOException if one cannot be written, another one appends to it or saves it, or its header has no room for the number of vectors
     * @throws IllegalStateException if the vectors are closed
     */
    public synchronized void append() throws IOException {
        Rows before = rows();
        long more = before.added().size();
        if (more == 0) {
            return;
        }
        long stored = before.stored().rows();
        ArrayAppend.append(
                file,
                FLOATS,
                counted,
                stored,
                more,
                width,
                (first, most, some) -> before.added().copy(first, most, some, 0));
        counted = stored + more;
        if (own != null) {
            IdTable.View ids = own.ids().view();
            long saved = savedIds;
            ArrayAppend.append(
                    own.file(), LONGS, saved, saved, ids.rows() - saved, Long.BYTES, (first, most, target) -> {
                        ByteBuffer numbers = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
                        for (int i = 0; i < most; i++) {
                            numbers.putLong(ids.id(saved + first + i));
                        }
                        return most;
                    });
            savedIds = ids.rows();
        }
        Mapping mapping = new Mapping();
        try {
            MappedRows all = MappedRows.ofNpy(file, FLOATS, Float.BYTES, true, mapping);
            rows = new Rows(mapping, all, new AddedRows(width));
        } catch (IOException | RuntimeException e) {
            mapping.close();
            throw e;
        }
        before.mapping().close();
    }

    /**
     * Writes all vectors to an .npy file, whole or not at all. The file of {@link #map(Path)} can be replaced, too, if no other program has
     * appended to it since. A symbolic link is replaced, not followed. Permissions and {@code .NAME.lock} are as {@link CodeIndex#save} says.
     *
     * @throws InvalidFileException if it is the file of these vectors, and has others since; save to another file
     * @throws IOException if it cannot be written, or another program appends to it or saves it
     * @throws IllegalStateException if the vectors are closed
     */
    public synchronized void save(Path target) throws IOException {
        try (Retained now = retained()) {
            boolean own = WholeFile.replaces(target, file);
            WholeFile.Content all =
                    content(FLOATS, ", " + dimension(), now.rows().size(), width, now.rows()::copy);
            WholeFile.write(target, channel -> {
                if (own && Files.exists(file)) {
                    requireUnchanged();
                }
                all.writeTo(channel);
            });
            if (own) {
                counted = now.rows().size();
            }
        }
    }

    /**
     * Writes the vectors whose ids are kept to new files, without those that were replaced. To go on with these files, map them.
     *
     * @param target takes the vectors
     * @param targetIds takes their ids
     * @param kept which ids, such as {@code index::contains}
     * @throws FileAlreadyExistsException if one of the files exists: two files cannot be replaced at once
     * @throws IOException if one cannot be written
     * @throws IllegalStateException if the vectors are closed, or their ids are their rows
     */
    public synchronized void save(Path target, Path targetIds, LongPredicate kept) throws IOException {
        if (own == null) {
            throw new IllegalStateException("expected vectors with ids of their own, found those of " + file);
        }
        for (Path one : new Path[] {target, targetIds}) {
            if (Files.exists(one)) {
                throw new FileAlreadyExistsException(one.toString(), null, "expected a new file, found one");
            }
        }
        try (Retained now = retained()) {
            IdTable.View ids = own.ids().view();
            long[] last = LongStream.range(0, ids.rows())
                    .filter(row -> own.ids().row(ids.id(row)) == row && kept.test(ids.id(row)))
                    .toArray();
            WholeFile.write(
                    target,
                    content(
                            FLOATS,
                            ", " + dimension(),
                            last.length,
                            width,
                            (first, most, some) -> now.rows().copy(last[(int) first], 1, some)));
            WholeFile.write(targetIds, content(LONGS, ",", last.length, Long.BYTES, (first, most, some) -> {
                ByteBuffer.wrap(some).order(ByteOrder.LITTLE_ENDIAN).putLong(ids.id(last[(int) first]));
                return 1;
            }));
        }
    }

    private void requireUnchanged() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ArrayAppend.requireRows(file, channel, FLOATS, counted, width);
        }
    }

    private static WholeFile.Content content(
            String type, String columns, long size, int width, ArrayAppend.Rows source) {
        return channel -> {
            WholeFile.writeFully(channel, ByteBuffer.wrap(ArrayHeader.bytes(type, "(" + size + columns + ")")));
            ArrayAppend.copy(channel, size, width, source);
        };
    }

    /** Closes the vectors. What was added since they were last appended is lost. */
    @Override
    public synchronized void close() {
        Rows before = rows;
        rows = null;
        if (before != null) {
            before.mapping().close();
        }
    }
}
