package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.files.CodeHash;
import io.github.linfhash.io.files.SealedCache;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.Similarity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps exact neighbors, as {@link SealedCache} does: an int32 array of m x 2k, the k rows of a query and the bits of their scores.
 *
 * @param folder where the files are
 */
public record NeighborCache(Path folder) {
    private static final String WHAT = "neighbors";

    /**
     * As {@link FloatNeighbors#find}: read if they are there and undamaged, found and kept if not.
     *
     * @throws IOException if kept neighbors cannot be read
     */
    public FloatNeighbors find(
            FeatureMatrix database, FeatureMatrix queries, int k, Similarity similarity, Progress progress)
            throws IOException {
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
        ByteBuffer content = ByteBuffer.allocate(Math.multiplyExact(neighbors.queries(), 2 * k * Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int q = 0; q < neighbors.queries(); q++) {
            for (int rank = 0; rank < k; rank++) {
                content.putInt(neighbors.id(q, rank));
            }
            for (int rank = 0; rank < k; rank++) {
                content.putInt(Float.floatToRawIntBits(neighbors.score(q, rank)));
            }
        }
        NpyFile.write(file, NpyArray.owning(NpyType.INT32, List.of(neighbors.queries(), 2 * k), content.array()));
    }

    private static FloatNeighbors read(Path file, int rows, int queries, int k) {
        NpyArray array = NpyFile.read(file);
        if (array.type() != NpyType.INT32 || !array.shape().equals(List.of(queries, 2 * k))) {
            throw new InputException(file + ": expected int32 of shape (" + queries + ", " + 2 * k + "), found "
                    + array.type() + " of shape " + array.shape());
        }
        int[] ids = new int[queries * k];
        float[] scores = new float[queries * k];
        for (int q = 0; q < queries; q++) {
            for (int rank = 0; rank < k; rank++) {
                long id = array.integer(q * 2 * k + rank);
                if (id < 0 || id >= rows) {
                    throw new InputException(file + ": expected rows below " + rows + ", found " + id);
                }
                ids[q * k + rank] = (int) id;
                scores[q * k + rank] = Float.intBitsToFloat((int) array.integer(q * 2 * k + k + rank));
            }
        }
        return FloatNeighbors.of(k, ids, scores);
    }

    /** Finds exact neighbors, as {@link FloatNeighbors#find} does: anew, or where they were kept. */
    @FunctionalInterface
    public interface NeighborSearch {
        /**
         * The nearest rows of a database.
         *
         * @param database n x d, as {@link Similarity#prepare} gives it
         * @param queries m x d, prepared too
         * @param k from 1 to n
         * @throws IOException if kept neighbors cannot be read
         */
        FloatNeighbors find(FeatureMatrix database, FeatureMatrix queries, int k, Similarity similarity)
                throws IOException;
    }
}
