package io.github.linfhash.codes;

import io.github.linfhash.codes.files.FolderSums;
import io.github.linfhash.codes.files.JsonObject;
import io.github.linfhash.codes.files.MappedRows;
import io.github.linfhash.codes.files.Mapping;
import io.github.linfhash.codes.files.WholeFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The codes of vectors, searched exactly: every search compares the query with all codes.
 *
 * <p>Each code has an id. {@link #add(float[])} gives the least number above all ids so far, from 0 on; {@link #put(long, float[])} takes one
 * of your own. An id stays with its code until the code is deleted or replaced, also in files, and {@code add} never gives it again.
 *
 * <p>Safe for threads. A search sees the codes of the moment at which it began, whatever is added, deleted or saved meanwhile. Additions and
 * deletions wait for each other, and for {@link #save} and {@link #append}; searches wait for nothing.
 *
 * <p>The first search turns the codes of some quantizers, and later ones those that were added, into blocks that are faster to compare: for codes of
 * bits and of whole numbers (Hamming distances, and {@code rabitq} with a rounded query) about as many bytes once more, off the heap, and for
 * {@code int8} four bytes a code. They take at most a quarter of the memory that the heap may take; codes beyond are compared where they lie, which
 * finds the same.
 *
 * <p>What is added or deleted stays in memory until it is saved or appended. {@link #close} unmaps the file when the searches that run have
 * ended; all other methods then throw {@link IllegalStateException}.
 */
public final class CodeIndex implements Closeable {
    /** The most queries that one thread compares with a block while it is in the cache. */
    private static final int TOGETHER = 16;

    private final FittedQuantizer quantizer;
    private final int width;
    /** Guards changes of codes and ids in memory; taken last, and never while files are written. */
    private final Object memory = new Object();
    /** Guarded by this, as {@link #end}. */
    private @Nullable Path file;

    private IndexFile.@Nullable End end;
    /** Null after {@link #close}. */
    private volatile @Nullable IndexSnapshot codes;

    private CodeIndex(FittedQuantizer quantizer, IndexSnapshot codes) {
        this.quantizer = quantizer;
        this.width = quantizer.bytes();
        this.codes = codes;
    }

    /** An index without codes. */
    public static CodeIndex empty(FittedQuantizer quantizer) {
        return numbered(quantizer, new Columns(List.of()), new Mapping());
    }

    private static CodeIndex numbered(FittedQuantizer quantizer, Columns stored, Mapping mapping) {
        AddedRows added = new AddedRows(quantizer.bytes());
        IdTable ids = new IdTable(stored.size(), null);
        CodeBlocks blocks = new CodeBlocks(quantizer.scheme());
        IndexSnapshot codes =
                new IndexSnapshot(mapping, stored, added, blocks, ids, ids.view(), Deleted.NONE, stored.size() - 1);
        return new CodeIndex(quantizer, codes);
    }

    /**
     * Opens a file that {@link #save} wrote, after checking all of it. Its codes are mapped: the system reads what searches need, so that
     * the file may be larger than memory. What was {@linkplain #append appended} since it was saved is read into memory.
     *
     * @throws InvalidFileException if the file is missing, damaged, contains the codes of another quantizer, or one that no vector has
     * @throws IOException if the file cannot be read
     */
    public static CodeIndex open(FittedQuantizer quantizer, Path file) throws IOException {
        IndexFile.Opened opened = new IndexFile(quantizer).open(file);
        CodeIndex index = new CodeIndex(quantizer, opened.codes());
        index.file = file;
        index.end = opened.end();
        return index;
    }

    /**
     * Maps the codes of a folder that {@code linfhash quantize} wrote, after checking all of them. Their ids are their rows. For a service,
     * {@link #save} them to one file with checksums.
     *
     * @param quantizer of the same folder
     * @throws InvalidFileException if an array is missing, damaged, not the one that was written with the others, or does not fit the
     *     quantizer
     * @throws IOException if an array cannot be read
     */
    public static CodeIndex ofFolder(FittedQuantizer quantizer, Path folder) throws IOException {
        return mapped(quantizer, folder, null);
    }

    /**
     * Maps the codes of a folder that {@code linfhash quantize} wrote, as {@link #ofFolder(FittedQuantizer, Path)} does, under ids of your own.
     *
     * @param ids n int64 in an .npy file, in the order of the vectors that were quantized, such as {@link VectorFile#writeIds} writes them
     * @throws InvalidFileException as {@link #ofFolder(FittedQuantizer, Path)}, or if the file of ids is missing, anything else, or does not have
     *     a different id for each code
     * @throws IOException if a file cannot be read
     */
    public static CodeIndex ofFolder(FittedQuantizer quantizer, Path folder, Path ids) throws IOException {
        return mapped(quantizer, folder, ids);
    }

    private static CodeIndex named(FittedQuantizer quantizer, Columns columns, Mapping mapping, Path file)
            throws IOException {
        IdTable ids = VectorFile.ids(file);
        IdTable.View view = ids.view();
        if (view.rows() != columns.size()) {
            throw new InvalidFileException(
                    file + ": expected an id for each of the " + columns.size() + " codes, found " + view.rows());
        }
        long lastId = -1;
        for (long row = 0; row < view.rows(); row++) {
            long id = view.id(row);
            long last = ids.row(id);
            if (last != row) {
                throw new InvalidFileException(
                        file + ": expected ids that differ, found " + id + " in rows " + row + " and " + last);
            }
            lastId = Math.max(lastId, id);
        }
        AddedRows added = new AddedRows(quantizer.bytes());
        CodeBlocks blocks = new CodeBlocks(quantizer.scheme());
        return new CodeIndex(
                quantizer, new IndexSnapshot(mapping, columns, added, blocks, ids, view, Deleted.NONE, lastId));
    }

    private static CodeIndex mapped(FittedQuantizer quantizer, Path folder, @Nullable Path ids) throws IOException {
        Mapping mapping = new Mapping();
        try {
            Columns columns = columns(quantizer, folder, mapping);
            byte[] code = new byte[quantizer.bytes()];
            for (long row = 0; row < columns.size(); row++) {
                columns.copy(row, 1, code, 0);
                String fault = quantizer.fault(code, 0);
                if (!fault.isEmpty()) {
                    throw new InvalidFileException(
                            folder + ": expected codes of " + quantizer.name() + ", found " + fault + " in row " + row);
                }
            }
            return ids == null ? numbered(quantizer, columns, mapping) : named(quantizer, columns, mapping, ids);
        } catch (IOException | RuntimeException e) {
            mapping.close();
            throw e;
        }
    }

    private static Columns columns(FittedQuantizer quantizer, Path folder, Mapping mapping) throws IOException {
        List<MappedRows> arrays = new ArrayList<>();
        FolderSums sums = new FolderSums(JsonObject.read(folder.resolve(FittedQuantizer.CARD)));
        for (CodeScheme.Column column : quantizer.columns()) {
            Path array = folder.resolve(column.name() + ".npy");
            sums.require(array);
            MappedRows rows = MappedRows.ofNpy(array, column.descriptor(), column.elementBytes(), false, mapping);
            if (rows.width() != column.bytes()
                    || (!arrays.isEmpty() && rows.rows() != arrays.get(0).rows())) {
                throw new InvalidFileException(array + ": expected rows of " + column.bytes()
                        + " bytes, as many as codes.npy has, found " + rows.rows() + " of " + rows.width());
            }
            arrays.add(rows);
        }
        return new Columns(arrays);
    }

    /** Codes whose parts lie in one or several mapped arrays. */
    private record Columns(List<MappedRows> arrays) implements IndexSnapshot.Stored {
        @Override
        public long size() {
            return arrays.isEmpty() ? 0 : arrays.get(0).rows();
        }

        @Override
        public int copy(long first, int most, byte[] target, int at) {
            if (arrays.size() == 1) {
                return arrays.get(0).copy(first, most, target, at);
            }
            int count = (int) Math.min(most, size() - first);
            int next = at;
            for (int i = 0; i < count; i++) {
                for (MappedRows rows : arrays) {
                    rows.copyRow(first + i, target, next);
                    next += rows.width();
                }
            }
            return count;
        }
    }

    private IndexSnapshot codes() {
        IndexSnapshot now = codes;
        if (now == null) {
            throw closed();
        }
        return now;
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("expected an open index, found a closed one");
    }

    /** The codes of a moment, which stay mapped until this is closed. */
    private record Retained(IndexSnapshot codes) implements AutoCloseable {
        @Override
        public void close() {
            codes.mapping().close();
        }
    }

    private Retained retained() {
        IndexSnapshot now = codes();
        while (!now.mapping().retain()) {
            now = codes();
        }
        return new Retained(now);
    }

    /**
     * Returns the number of codes, without deleted ones.
     *
     * @throws IllegalStateException if the index is closed
     */
    public long size() {
        return codes().size();
    }

    /**
     * Returns how many codes were deleted or replaced, and are left out when the index is {@linkplain #save saved}.
     *
     * @throws IllegalStateException if the index is closed
     */
    public long deleted() {
        return codes().deleted().count();
    }

    /**
     * Returns the id that the next added code gets: the least number above all ids that were ever given, at least 0.
     *
     * @throws IllegalStateException if the index is closed, or the largest number was given
     */
    public long nextId() {
        long last = codes().lastId();
        if (last == Long.MAX_VALUE) {
            throw new IllegalStateException("expected an id below " + Long.MAX_VALUE + ", which was given; use put");
        }
        return last + 1;
    }

    /**
     * Encodes and adds a vector. A search that rescores needs the vector as well: then use {@link #add(float[], VectorFile)}.
     *
     * @return its id
     * @throws IllegalArgumentException as {@link FittedQuantizer#encode}
     * @throws IllegalStateException if the index is closed
     */
    public long add(float[] vector) {
        return addCode(quantizer.encode(vector));
    }

    /**
     * Encodes and adds a vector, and adds the vector itself to those that searches rescore with, under the same id. Append or save the
     * vectors first, without additions in between.
     *
     * @param vectors as many as there were additions to this index, or with ids of their own
     * @return the id
     * @throws IllegalArgumentException as {@link FittedQuantizer#encode}, or if there are more or fewer vectors; nothing is added then
     * @throws IllegalStateException if the index or the vectors are closed
     */
    public long add(float[] vector, VectorFile vectors) {
        byte[] code = quantizer.encode(vector);
        synchronized (this) {
            long id = nextId();
            // The vector first, as a search rescores every code that it finds.
            vectors.put(id, vector);
            put(id, code);
            return id;
        }
    }

    /**
     * Encodes and adds a vector under an id of your own; the code that has this id is replaced. Each search sees either.
     *
     * @param id any number
     * @throws IllegalArgumentException as {@link FittedQuantizer#encode}
     * @throws IllegalStateException if the index is closed
     */
    public void put(long id, float[] vector) {
        putCode(id, quantizer.encode(vector));
    }

    /**
     * Encodes and adds a vector under an id of your own, and the vector itself to those that searches rescore with; the ones that have this
     * id are replaced. Append or save the vectors first.
     *
     * @param vectors with ids of their own
     * @throws IllegalArgumentException as {@link FittedQuantizer#encode}, or if the vectors cannot have the id; nothing is added then
     * @throws IllegalStateException if the index or the vectors are closed
     */
    public void put(long id, float[] vector, VectorFile vectors) {
        byte[] code = quantizer.encode(vector);
        synchronized (this) {
            codes();
            vectors.put(id, vector);
            put(id, code);
        }
    }

    /**
     * Adds a code.
     *
     * @param code as {@link FittedQuantizer#encode} gives it
     * @return its id
     * @throws IllegalArgumentException if no vector has such a code
     * @throws IllegalStateException if the index is closed
     */
    public long addCode(byte[] code) {
        requireCode(code);
        synchronized (this) {
            long id = nextId();
            put(id, code);
            return id;
        }
    }

    /**
     * Adds a code under an id of your own; the one that has this id is replaced.
     *
     * @param code as {@link FittedQuantizer#encode} gives it
     * @throws IllegalArgumentException if no vector has such a code
     * @throws IllegalStateException if the index is closed
     */
    public void putCode(long id, byte[] code) {
        requireCode(code);
        synchronized (this) {
            put(id, code);
        }
    }

    private void requireCode(byte[] code) {
        if (code.length != width) {
            throw new IllegalArgumentException("expected a code of " + width + " bytes, found " + code.length);
        }
        String fault = quantizer.fault(code, 0);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("expected a code of " + quantizer.name() + ", found " + fault);
        }
    }

    private void put(long id, byte[] code) {
        synchronized (memory) {
            IndexSnapshot before = codes();
            long row = row(id, before);
            IdTable.View ids = before.names().with(before.ids(), id);
            IndexSnapshot after = new IndexSnapshot(
                    before.mapping(),
                    before.stored(),
                    before.added().with(code),
                    before.blocks(),
                    before.names(),
                    ids,
                    row < 0 ? before.deleted() : before.deleted().with(row),
                    Math.max(before.lastId(), id));
            // All memory is allocated: nothing fails between these two, so that codes and ids have as many rows.
            before.names().publish(ids);
            codes = after;
        }
    }

    /** Returns the row of a code, or -1 if there is none with this id. */
    private static long row(long id, IndexSnapshot now) {
        long row = now.names().row(id);
        return row < 0 || now.deleted().contains(row) ? -1 : row;
    }

    /**
     * Deletes a code. Searches that begin later do not find it; those that run may rescore it still. It needs its place in memory and in the
     * file until the index is {@linkplain #save saved}.
     *
     * @return whether there was one with this id
     * @throws IllegalStateException if the index is closed
     */
    public synchronized boolean delete(long id) {
        synchronized (memory) {
            IndexSnapshot before = codes();
            long row = row(id, before);
            if (row >= 0) {
                codes = before.with(before.deleted().with(row));
            }
            return row >= 0;
        }
    }

    /**
     * Returns whether there is a code with an id.
     *
     * @throws IllegalStateException if the index is closed
     */
    public boolean contains(long id) {
        synchronized (memory) {
            return row(id, codes()) >= 0;
        }
    }

    /**
     * Returns a code in a new array.
     *
     * @throws IndexOutOfBoundsException if there is no code with this id
     * @throws IllegalStateException if the index is closed
     */
    public byte[] code(long id) {
        synchronized (memory) {
            IndexSnapshot now = codes();
            long row = row(id, now);
            if (row < 0) {
                throw new IndexOutOfBoundsException("expected the id of a code, found " + id);
            }
            byte[] code = new byte[width];
            now.copy(row, 1, code);
            return code;
        }
    }

    /**
     * Finds the codes of the least estimated distances to a raw query; of equally distant ones, those with the lower ids. A distance that
     * exceeds float32 is infinite.
     *
     * @param k at least 1; there are fewer results if there are fewer codes
     * @throws IllegalArgumentException if k is less than 1, and as {@link FittedQuantizer#encode}
     * @throws NonFiniteException if values are so large that a distance is NaN
     * @throws IllegalStateException if the index is closed
     */
    public SearchResult search(float[] vector, int k) {
        return search(vector, SearchOptions.nearest(k));
    }

    /**
     * Finds the best k * oversampling codes, and of these the k nearest by the exact distance of their full-precision vectors
     * ({@link SearchOptions#withRescoring}).
     *
     * @throws IllegalArgumentException if k or oversampling is less than 1, and as {@link FittedQuantizer#encode}
     * @throws IndexOutOfBoundsException if a {@link VectorFile} has no vector of a code
     * @throws NonFiniteException if a distance is NaN, as that to a vector with NaN
     * @throws IllegalStateException if the index or the vectors are closed
     */
    public SearchResult search(float[] vector, int k, int oversampling, VectorSource vectors) {
        return search(vector, SearchOptions.nearest(k).withRescoring(oversampling, vectors));
    }

    /**
     * Finds the nearest codes of a raw query, in the thread that calls it.
     *
     * @throws IllegalArgumentException as {@link FittedQuantizer#encode}
     * @throws IndexOutOfBoundsException if a {@link VectorFile} has no vector of a code
     * @throws NonFiniteException if a distance is NaN
     * @throws IllegalStateException if the index or the vectors are closed
     */
    public SearchResult search(float[] vector, SearchOptions options) {
        try (Retained now = retained()) {
            return search(now.codes(), List.of(vector), options).get(0);
        }
    }

    /**
     * Finds the nearest codes of several raw queries, in threads of yours. All queries see the codes of one moment, and each result is that of a
     * search for its query alone, however many threads there are.
     *
     * @param threads takes the searches; not the one whose tasks call this method and fill it
     * @return a result for each query, in their order
     * @throws IllegalArgumentException as {@link FittedQuantizer#encode}
     * @throws IndexOutOfBoundsException if a {@link VectorFile} has no vector of a code
     * @throws NonFiniteException if a distance is NaN
     * @throws IllegalStateException if the index or the vectors are closed
     * @throws InterruptedException if the calling thread is interrupted; searches that have not begun are cancelled then
     */
    public List<SearchResult> searchAll(float[][] vectors, SearchOptions options, ExecutorService threads)
            throws InterruptedException {
        try (Retained now = retained()) {
            int together = Math.max(
                    1, Math.min(TOGETHER, vectors.length / Runtime.getRuntime().availableProcessors()));
            List<Callable<List<SearchResult>>> tasks = new ArrayList<>();
            for (int from = 0; from < vectors.length; from += together) {
                List<float[]> some = List.of(vectors).subList(from, Math.min(vectors.length, from + together));
                tasks.add(() -> searchRetained(now.codes(), some, options));
            }
            List<SearchResult> results = new ArrayList<>();
            for (Future<List<SearchResult>> task : threads.invokeAll(tasks)) {
                results.addAll(task.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("a search throws no checked exception", e);
        }
    }

    /** Searches while the codes stay mapped, as an interrupted caller does not wait for a task that runs. */
    private List<SearchResult> searchRetained(IndexSnapshot now, List<float[]> vectors, SearchOptions options) {
        if (!now.mapping().retain()) {
            throw closed();
        }
        try (Retained own = new Retained(now)) {
            return search(own.codes(), vectors, options);
        }
    }

    private List<SearchResult> search(IndexSnapshot now, List<float[]> vectors, SearchOptions options) {
        List<Query> queries = vectors.stream().map(quantizer::query).toList();
        List<SearchResult> found = new Scan(now, width, queries, options.candidates(), options.filter()).run();
        VectorSource full = options.vectors();
        if (full == null) {
            return found;
        }
        List<SearchResult> results = new ArrayList<>();
        for (int q = 0; q < found.size(); q++) {
            results.add(rescored(vectors.get(q), found.get(q), options.k(), full));
        }
        return results;
    }

    private SearchResult rescored(float[] vector, SearchResult candidates, int k, VectorSource vectors) {
        SearchResult.Nearest nearest = new SearchResult.Nearest(Math.min(k, candidates.size()));
        float[] full = new float[quantizer.dimension()];
        for (int rank = 0; rank < candidates.size(); rank++) {
            vectors.copy(candidates.id(rank), full);
            nearest.offer(candidates.id(rank), (float) quantizer.similarity().distance(vector, full));
        }
        return nearest.sorted();
    }

    /**
     * Writes all codes but deleted ones to a file, whole or not at all, and goes on with this file: what was added no longer needs memory,
     * and {@link #append} adds to it. The file of {@link #open} can be replaced, too, with what this index added and deleted; not if another
     * one has appended to it or saved it since, whose codes would be lost. A symbolic link is replaced, not followed.
     *
     * <p>The new file has the permissions of the one that it replaces. An empty file {@code .NAME.lock} stays beside it, whose lock keeps others
     * from writing it meanwhile; do not delete it while a program appends or saves.
     *
     * @throws InvalidFileException if it is the file of this index, and contains other codes since; save to another file
     * @throws IOException if it cannot be written, or another index appends to it or saves it
     * @throws IllegalStateException if the index is closed
     */
    public synchronized void save(Path target) throws IOException {
        IndexSnapshot before = codes();
        IndexFile format = new IndexFile(quantizer);
        format.write(target, file != null && WholeFile.replaces(target, file) ? end : null, before);
        IndexFile.Opened opened = format.open(target);
        file = target;
        end = opened.end();
        synchronized (memory) {
            codes = opened.codes();
        }
        before.mapping().close();
    }

    /**
     * Appends what was added and deleted since to the file of {@link #open} or {@link #save}, without writing the rest again. A failure at
     * any moment, of the power as well, leaves a file with all of it or with what it contained before. When this method has returned, all of
     * it is in the file, whatever else this process or another one does with the file.
     *
     * <p>What is appended stays in memory until the index is saved.
     *
     * @throws InvalidFileException if the file is missing, damaged, another one, or was appended to since by another index
     * @throws IOException if it or {@code .NAME.lock} cannot be written, or another index appends to it or saves it
     * @throws IllegalStateException if the index has no file yet, or is closed
     */
    public synchronized void append() throws IOException {
        IndexSnapshot now = codes();
        if (file == null || end == null) {
            throw new IllegalStateException("expected an index with a file, found one without; save it first");
        }
        if (end.rows() < now.rows() || end.deleted().count() < now.deleted().count()) {
            end = new IndexFile(quantizer).append(file, end, now);
        }
    }

    /** Closes the index. What was added since it was last saved or appended is lost. */
    @Override
    public synchronized void close() {
        IndexSnapshot before;
        synchronized (memory) {
            before = codes;
            codes = null;
        }
        if (before != null) {
            before.mapping().close();
        }
    }
}
