package io.github.linfhash.io.npy;

import io.github.linfhash.codes.HammingNeighbors;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.StoredArchive;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nearest neighbors as NumPy's .npz: the arrays {@code ids} (int64) and {@code distances} (int32), both n x k; of vectors {@code
 * scores} (float32) in the place of distances, larger for nearer ones.
 */
public final class NeighborArrays {
    private NeighborArrays() {}

    /**
     * Replaces a file by the two arrays, whole or not at all.
     *
     * @throws IOException if writing fails
     */
    public static void write(Path file, HammingNeighbors neighbors) throws IOException {
        List<Integer> shape = List.of(neighbors.queries(), neighbors.perQuery());
        int[] distances = neighbors.toDistances();
        byte[] content = new byte[Math.multiplyExact(Integer.BYTES, distances.length)];
        littleEndian(content).asIntBuffer().put(distances);
        write(
                file,
                shape,
                neighbors.toIds(),
                Map.entry("distances.npy", NpyArray.owning(NpyType.INT32, shape, content)));
    }

    /**
     * Replaces a file by ids and scores, whole or not at all.
     *
     * @param perQuery k
     * @param ids n * k, query after query
     * @param scores likewise
     * @throws IOException if writing fails
     */
    public static void write(Path file, int perQuery, long[] ids, float[] scores) throws IOException {
        List<Integer> shape = List.of(ids.length / perQuery, perQuery);
        write(file, shape, ids, Map.entry("scores.npy", NpyArray.ofFloats(scores, shape.get(0), perQuery)));
    }

    private static void write(Path file, List<Integer> shape, long[] ids, Map.Entry<String, NpyArray> beside)
            throws IOException {
        byte[] content = new byte[Math.multiplyExact(Long.BYTES, ids.length)];
        littleEndian(content).asLongBuffer().put(ids);
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("ids.npy", NpyFile.toBytes(NpyArray.owning(NpyType.INT64, shape, content)));
        members.put(beside.getKey(), NpyFile.toBytes(beside.getValue()));
        StoredArchive.write(file, members);
    }

    private static ByteBuffer littleEndian(byte[] content) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads ids, n x k, of an {@code .npy} file or of the array {@code ids} of an {@code .npz} file.
     *
     * @throws InputException if the file is missing, damaged, or holds something else
     */
    public static NpyArray readIds(Path file) {
        if (NpzFile.isOne(file)) {
            return NpzFile.of(file).ids();
        }
        try (StrictInput in = StrictInput.open(file)) {
            NpyArray ids = readIds(in);
            in.expectEnd("a header and " + ids.type().shown() + " of shape " + ids.shape());
            return ids;
        }
    }

    /** Reads ids, n x k, which are all that the input holds. */
    static NpyArray readIds(StrictInput in) {
        NpyArray array = NpyFile.read(in);
        if (array.dimensions() != 2 || array.columns() < 1 || !array.type().isInteger()) {
            throw new InputException(in.name() + " has a wrong content: expected ids: whole numbers, one row for each"
                    + " query, found " + array.type().shown() + " of shape " + array.shape());
        }
        return array;
    }
}
