package io.github.linfhash.codes;

import io.github.linfhash.codes.files.FolderSums;
import io.github.linfhash.codes.files.JsonObject;
import io.github.linfhash.codes.files.MappedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The codes of vectors, searched exactly: every search compares the query with all codes. Safe for threads; a search sees the vectors that
 * were added before it began.
 *
 * <p>Ids are the places of codes, from 0 on.
 */
public final class CodeIndex {
    private final Quantizer quantizer;
    private final int width;
    private final Stored stored;
    private final AddedRows added;

    /** Codes of files, before those that were added. */
    interface Stored {
        /** The number of codes. */
        long size();

        /** Copies at least one and at most so many codes from {@code first} on, and returns how many. */
        int copy(long first, int most, byte[] target);
    }

    private CodeIndex(Quantizer quantizer, Stored stored) {
        this.quantizer = quantizer;
        this.width = quantizer.bytes();
        this.stored = stored;
        this.added = new AddedRows(width);
    }

    /** An index without codes. */
    public static CodeIndex empty(Quantizer quantizer) {
        return new CodeIndex(quantizer, new Columns(List.of()));
    }

    /**
     * Maps a file that {@link #save} wrote, after checking all of it: the system reads what searches need, so that the file may be larger
     * than memory. It must not change while the index is in use; what is added stays in memory until it is saved.
     *
     * @throws InvalidFileException if the file is missing, damaged, contains the codes of another quantizer, or one that no vector has
     * @throws IOException if the file cannot be read
     */
    public static CodeIndex open(Quantizer quantizer, Path file) throws IOException {
        MappedRows rows = new IndexFile(quantizer).open(file);
        return new CodeIndex(quantizer, new Columns(List.of(rows)));
    }

    /**
     * Maps the codes of a folder that {@code linfhash quantize} wrote, after checking all of them. For a service, {@link #save} them to
     * one file with checksums.
     *
     * @param quantizer of the same folder
     * @throws InvalidFileException if an array is missing, damaged, not the one that was written with the others, or does not fit the
     *     quantizer
     * @throws IOException if an array cannot be read
     */
    public static CodeIndex ofFolder(Quantizer quantizer, Path folder) throws IOException {
        List<MappedRows> arrays = new ArrayList<>();
        FolderSums sums = new FolderSums(JsonObject.read(folder.resolve(Quantizer.CARD)));
        for (CodeScheme.Column column : quantizer.columns()) {
            Path file = folder.resolve(column.name() + ".npy");
            sums.require(file);
            MappedRows rows = MappedRows.ofNpy(file, column.descriptor(), column.elementBytes());
            if (rows.width() != column.bytes()
                    || (!arrays.isEmpty() && rows.rows() != arrays.get(0).rows())) {
                throw new InvalidFileException(file + ": expected rows of " + column.bytes()
                        + " bytes, as many as codes.npy has, found " + rows.rows() + " of " + rows.width());
            }
            arrays.add(rows);
        }
        CodeIndex index = new CodeIndex(quantizer, new Columns(arrays));
        for (long i = 0; i < index.size(); i++) {
            String fault = quantizer.fault(index.code(i), 0);
            if (!fault.isEmpty()) {
                throw new InvalidFileException(
                        folder + ": expected codes of " + quantizer.name() + ", found " + fault + " in row " + i);
            }
        }
        return index;
    }

    /** Codes whose parts lie in one or several mapped arrays. */
    private record Columns(List<MappedRows> arrays) implements Stored {
        @Override
        public long size() {
            return arrays.isEmpty() ? 0 : arrays.get(0).rows();
        }

        @Override
        public int copy(long first, int most, byte[] target) {
            if (arrays.size() == 1) {
                return arrays.get(0).copy(first, most, target);
            }
            int count = (int) Math.min(most, size() - first);
            int at = 0;
            for (int i = 0; i < count; i++) {
                for (MappedRows rows : arrays) {
                    rows.copyRow(first + i, target, at);
                    at += rows.width();
                }
            }
            return count;
        }
    }

    /** The number of codes. */
    public long size() {
        return stored.size() + added.view().size();
    }

    /**
     * Encodes and adds a vector. A search that rescores needs the vector as well: then use {@link #add(float[], VectorFile)}.
     *
     * @return its id
     * @throws IllegalArgumentException as {@link Quantizer#encode}
     */
    public long add(float[] vector) {
        return addCode(quantizer.encode(vector));
    }

    /**
     * Encodes and adds a vector, and adds the vector itself to those that searches rescore with, under the same id. Both stay in memory
     * until they are saved: save the vectors first, without additions in between.
     *
     * @param vectors as many as this index has codes
     * @return the id
     * @throws IllegalArgumentException as {@link Quantizer#encode}, or if there are more or fewer vectors than codes; nothing is added then
     */
    public long add(float[] vector, VectorFile vectors) {
        byte[] code = quantizer.encode(vector);
        synchronized (this) {
            if (vectors.size() != size()) {
                throw new IllegalArgumentException(
                        "expected a vector for each of the " + size() + " codes, found " + vectors.size() + " vectors");
            }
            // The vector first, as a search rescores every code that it finds.
            vectors.add(vector);
            return addCode(code);
        }
    }

    /**
     * Adds a code.
     *
     * @param code as {@link Quantizer#encode} gives it
     * @return its id
     * @throws IllegalArgumentException if no vector has such a code
     */
    public synchronized long addCode(byte[] code) {
        if (code.length != width) {
            throw new IllegalArgumentException("expected a code of " + width + " bytes, found " + code.length);
        }
        String fault = quantizer.fault(code, 0);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("expected a code of " + quantizer.name() + ", found " + fault);
        }
        long id = size();
        added.add(code);
        return id;
    }

    /**
     * Returns a code in a new array.
     *
     * @throws IndexOutOfBoundsException if there is no code with this id
     */
    public byte[] code(long id) {
        Objects.checkIndex(id, size());
        byte[] code = new byte[width];
        if (id < stored.size()) {
            stored.copy(id, 1, code);
        } else {
            added.view().copy(id - stored.size(), 1, code);
        }
        return code;
    }

    /**
     * Finds the codes of the least estimated distances to a raw query; of equally distant ones, those with the lower ids. A distance that
     * exceeds float32 is infinite.
     *
     * @param k at least 1; there are fewer results if there are fewer codes
     * @throws IllegalArgumentException if k is less than 1, and as {@link Quantizer#encode}
     * @throws NonFiniteException if values are so large that a distance is NaN
     */
    public SearchResult search(float[] vector, int k) {
        requirePositive("k", k);
        AddedRows.View seen = added.view();
        Query query = quantizer.query(vector);
        SearchResult.Nearest nearest = new SearchResult.Nearest((int) Math.min(k, stored.size() + seen.size()));
        float[] distances = new float[BlockQuery.BLOCK];
        byte[] block = new byte[BlockQuery.BLOCK * width];
        for (long first = 0; first < stored.size(); ) {
            int count = stored.copy(first, BlockQuery.BLOCK, block);
            offer(query, block, 0, count, first, distances, nearest);
            first += count;
        }
        for (long first = 0; first < seen.size(); ) {
            int count = seen.count(first, BlockQuery.BLOCK);
            offer(query, seen.chunk(first), seen.at(first), count, stored.size() + first, distances, nearest);
            first += count;
        }
        return nearest.sorted();
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("expected " + name + " of at least 1, found " + value);
        }
    }

    private static void offer(
            Query query,
            byte[] codes,
            int from,
            int count,
            long firstId,
            float[] distances,
            SearchResult.Nearest nearest) {
        query.distances(codes, from, count, distances);
        float limit = nearest.limit();
        for (int i = 0; i < count; i++) {
            // Negated, so that NaN, which nothing can be compared with, is offered and refused.
            if (!(distances[i] >= limit)) {
                nearest.offer(firstId + i, distances[i]);
                limit = nearest.limit();
            }
        }
    }

    /**
     * Finds the best k * oversampling codes, and of these the k nearest by the exact distance of their full-precision vectors
     * ({@link VectorSimilarity#distance}).
     *
     * @param k at least 1; there are fewer results if there are fewer codes
     * @param oversampling at least 1
     * @param vectors by the ids of this index, such as a {@link VectorFile}
     * @throws IllegalArgumentException if k or oversampling is less than 1, and as {@link Quantizer#encode}
     * @throws IndexOutOfBoundsException if a {@link VectorFile} has fewer vectors than this index has codes, and one is missing
     * @throws NonFiniteException if a distance is NaN, as that to a vector with NaN
     */
    public SearchResult search(float[] vector, int k, int oversampling, VectorSource vectors) {
        requirePositive("k", k);
        requirePositive("oversampling", oversampling);
        int most = (int) Math.min((long) k * oversampling, Integer.MAX_VALUE);
        SearchResult candidates = search(vector, most);
        SearchResult.Nearest nearest = new SearchResult.Nearest(Math.min(k, candidates.size()));
        float[] full = new float[quantizer.dimension()];
        for (int rank = 0; rank < candidates.size(); rank++) {
            vectors.copy(candidates.id(rank), full);
            nearest.offer(candidates.id(rank), (float) quantizer.similarity().distance(vector, full));
        }
        return nearest.sorted();
    }

    /**
     * Writes all codes to a file, whole or not at all. The file of {@link #open} can be replaced, too. A symbolic link is replaced, not
     * followed.
     *
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        AddedRows.View seen = added.view();
        new IndexFile(quantizer).write(file, new Stored() {
            @Override
            public long size() {
                return stored.size() + seen.size();
            }

            @Override
            public int copy(long first, int most, byte[] target) {
                if (first < stored.size()) {
                    return stored.copy(first, most, target);
                }
                return seen.copy(first - stored.size(), most, target);
            }
        });
    }
}
