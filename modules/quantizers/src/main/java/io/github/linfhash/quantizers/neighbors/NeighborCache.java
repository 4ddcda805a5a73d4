package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.files.CodeHash;
import io.github.linfhash.io.files.SealedCache;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.PreparedVectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps exact neighbors, as {@link SealedCache} does: an int32 array of the k rows of each query and the bits of their scores, followed for
 * each query by the number of further rows that are as near as the last, and these.
 *
 * @param folder where the files are
 */
public record NeighborCache(Path folder) {
    private static final String WHAT = "neighbors";

    /** Larger arrays are not kept, so that those that are, with their ties, can be read. */
    private static final int MOST_KEPT = 1 << 28;

    /**
     * As {@link FloatNeighbors#find}: read if they are there and undamaged, found and kept if not.
     *
     * @throws IOException if kept neighbors cannot be read
     */
    public FloatNeighbors find(
            FeatureMatrix database, FeatureMatrix queries, int k, Similarity similarity, Progress progress)
            throws IOException {
        if (2L * queries.rows() * k + queries.rows() > MOST_KEPT) {
            return FloatNeighbors.find(database, queries, k, similarity);
        }
        String content = String.join(
                "\n",
                database.sha256(),
                queries.sha256(),
                Integer.toString(k),
                similarity.name(),
                CodeHash.ofPackage(FloatNeighbors.class));
        SealedCache.Form<FloatNeighbors> form = new SealedCache.Form<>(
                WHAT, WHAT, file -> read(file, database.rows(), queries.rows(), k), NeighborCache::write);
        return new SealedCache(folder)
                .get(form, content, () -> FloatNeighbors.find(database, queries, k, similarity), progress);
    }

    /** A search that keeps what it finds. */
    public NeighborSearch search(Progress progress) {
        return (database, queries, k, similarity) -> find(database, queries, k, similarity, progress);
    }

    private static void write(Path file, FloatNeighbors neighbors) throws IOException {
        int k = neighbors.perQuery();
        IntStream.Builder content = IntStream.builder();
        for (int q = 0; q < neighbors.queries(); q++) {
            for (int rank = 0; rank < k; rank++) {
                content.add(neighbors.id(q, rank));
            }
            for (int rank = 0; rank < k; rank++) {
                content.add(Float.floatToRawIntBits(neighbors.score(q, rank)));
            }
        }
        for (int q = 0; q < neighbors.queries(); q++) {
            BitSet ties = neighbors.ties(q).orElseGet(BitSet::new);
            content.add(ties.cardinality());
            ties.stream().forEach(content);
        }
        int[] numbers = content.build().toArray();
        if (numbers.length > (Integer.MAX_VALUE - 64) / Integer.BYTES) {
            throw new IOException("more than 2 GiB");
        }
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(numbers);
        NpyFile.write(file, NpyArray.owning(NpyType.INT32, List.of(numbers.length), bytes.array()));
    }

    private static FloatNeighbors read(Path file, int rows, int queries, int k) {
        NpyArray array = NpyFile.read(file);
        long regular = 2L * queries * k + queries;
        if (array.type() != NpyType.INT32
                || array.shape().size() != 1
                || array.shape().get(0) < regular) {
            throw new InputException(file + ": expected int32 of shape (" + regular + " or more), found " + array.type()
                    + " of shape " + array.shape());
        }
        int[] ids = new int[queries * k];
        float[] scores = new float[queries * k];
        for (int q = 0; q < queries; q++) {
            for (int rank = 0; rank < k; rank++) {
                ids[q * k + rank] = row(file, array, q * 2 * k + rank, rows);
                scores[q * k + rank] = Float.intBitsToFloat((int) array.integer(q * 2 * k + k + rank));
            }
        }
        @Nullable BitSet[] ties = new BitSet[queries];
        int at = 2 * queries * k;
        for (int q = 0; q < queries; q++) {
            long count = at < array.shape().get(0) ? array.integer(at++) : -1;
            if (count < 0 || count > array.shape().get(0) - at) {
                throw new InputException(file + ": expected numbers of equally near rows, found " + count);
            }
            BitSet more = new BitSet();
            for (long i = 0; i < count; i++) {
                more.set(row(file, array, at++, rows));
            }
            ties[q] = count == 0 ? null : more;
        }
        return FloatNeighbors.of(k, ids, scores, ties);
    }

    private static int row(Path file, NpyArray array, int at, int rows) {
        long id = array.integer(at);
        if (id < 0 || id >= rows) {
            throw new InputException(file + ": expected rows below " + rows + ", found " + id);
        }
        return (int) id;
    }

    /** Finds exact neighbors, as {@link FloatNeighbors#find} does: anew, or where they were kept. */
    @FunctionalInterface
    public interface NeighborSearch {
        /**
         * The nearest rows of a database.
         *
         * @param database n x d, as {@link PreparedVectors#of} gives it
         * @param queries m x d, prepared too
         * @param k from 1 to n
         * @throws IOException if kept neighbors cannot be read
         */
        FloatNeighbors find(FeatureMatrix database, FeatureMatrix queries, int k, Similarity similarity)
                throws IOException;
    }
}
