package io.github.linfhash.codes;

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
    private static final int CHUNK = 1 << 20;

    private final Quantizer quantizer;
    private final int width;
    private final int rowsOfChunk;
    private final Stored stored;

    /** What was added, in chunks; a chunk is written behind what searches see of it. */
    private volatile Added added = new Added(List.of(), 0);

    private record Added(List<byte[]> chunks, long size) {}

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
        this.rowsOfChunk = Math.max(1, CHUNK / width);
        this.stored = stored;
    }

    /** An index without codes. */
    public static CodeIndex empty(Quantizer quantizer) {
        return new CodeIndex(quantizer, new Columns(List.of()));
    }

    /**
     * Maps a file that {@link #save} wrote, after checking all of it: the system reads what searches need, so that the file may be larger
     * than memory. It must not change while the index is in use; what is added stays in memory until it is saved.
     *
     * @throws InvalidFileException if the file is missing, damaged, or has the codes of another quantizer
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
     * @throws InvalidFileException if an array is missing, damaged, or does not fit the quantizer
     */
    public static CodeIndex ofFolder(Quantizer quantizer, Path folder) throws IOException {
        List<MappedRows> arrays = new ArrayList<>();
        for (CodeScheme.Column column : quantizer.columns()) {
            Path file = folder.resolve(column.name() + ".npy");
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
        return stored.size() + added.size();
    }

    /**
     * Encodes and adds a vector.
     *
     * @return its id
     * @throws IllegalArgumentException as {@link Quantizer#encode}
     */
    public long add(float[] vector) {
        return addCode(quantizer.encode(vector));
    }

    /**
     * Adds a code.
     *
     * @param code as {@link Quantizer#encode} gives it
     * @return its id
     */
    public synchronized long addCode(byte[] code) {
        if (code.length != width) {
            throw new IllegalArgumentException("expected a code of " + width + " bytes, found " + code.length);
        }
        Added before = added;
        int row = (int) (before.size() % rowsOfChunk);
        List<byte[]> chunks = before.chunks();
        if (row == 0) {
            chunks = new ArrayList<>(chunks);
            chunks.add(new byte[rowsOfChunk * width]);
        }
        System.arraycopy(code, 0, chunks.get(chunks.size() - 1), row * width, width);
        added = new Added(chunks, before.size() + 1);
        return stored.size() + before.size();
    }

    /** The code with an id, in a new array. */
    public byte[] code(long id) {
        Objects.checkIndex(id, size());
        byte[] code = new byte[width];
        if (id < stored.size()) {
            stored.copy(id, 1, code);
        } else {
            long row = id - stored.size();
            byte[] chunk = added.chunks().get((int) (row / rowsOfChunk));
            System.arraycopy(chunk, (int) (row % rowsOfChunk) * width, code, 0, width);
        }
        return code;
    }

    /**
     * Finds the codes of the least estimated distances to a raw query; of equally distant ones, those with the lower ids.
     *
     * @param k at least 1; there are fewer results if there are fewer codes
     * @throws IllegalArgumentException as {@link Quantizer#encode}
     */
    public SearchResult search(float[] vector, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("expected k of at least 1, found " + k);
        }
        Added seen = added;
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
            int row = (int) (first % rowsOfChunk);
            int count = (int) Math.min(Math.min(BlockQuery.BLOCK, rowsOfChunk - row), seen.size() - first);
            byte[] chunk = seen.chunks().get((int) (first / rowsOfChunk));
            offer(query, chunk, row * width, count, stored.size() + first, distances, nearest);
            first += count;
        }
        return nearest.sorted();
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
            if (distances[i] < limit) {
                nearest.offer(firstId + i, distances[i]);
                limit = nearest.limit();
            }
        }
    }

    /**
     * Finds the best k * oversampling codes, and of these the k nearest by the exact distance of their full-precision vectors
     * ({@link VectorSimilarity#distance}).
     *
     * @param oversampling at least 1
     * @param vectors by the ids of this index
     */
    public SearchResult search(float[] vector, int k, int oversampling, VectorSource vectors) {
        SearchResult candidates = search(vector, Math.multiplyExact(k, oversampling));
        SearchResult.Nearest nearest = new SearchResult.Nearest(Math.min(k, candidates.size()));
        float[] full = new float[quantizer.dimension()];
        for (int rank = 0; rank < candidates.size(); rank++) {
            vectors.copy(candidates.id(rank), full);
            nearest.offer(candidates.id(rank), (float) quantizer.similarity().distance(vector, full));
        }
        return nearest.sorted();
    }

    /**
     * Writes all codes to a file, whole or not at all: to a temporary one beside it first. The file of {@link #open} can be replaced, too.
     *
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        Added seen = added;
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
                long row = first - stored.size();
                int at = (int) (row % rowsOfChunk);
                int count = Math.min(most, rowsOfChunk - at);
                System.arraycopy(seen.chunks().get((int) (row / rowsOfChunk)), at * width, target, 0, count * width);
                return count;
            }
        });
    }
}
