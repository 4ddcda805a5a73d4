package io.github.linfhash.io.npy;

import io.github.linfhash.core.search.Neighbours;
import io.github.linfhash.io.archive.StoredArchive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nearest neighbours as NumPy's .npz: the arrays {@code ids} (int64) and {@code distances} (int32), both n x k. */
public final class NeighbourArrays {
    private NeighbourArrays() {}

    /**
     * Replaces a file by the two arrays, whole or not at all.
     *
     * @throws IOException if writing fails
     */
    public static void write(Path file, Neighbours neighbours) throws IOException {
        int elements = Math.multiplyExact(neighbours.queries(), neighbours.perQuery());
        ByteBuffer ids =
                ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, elements)).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer distances = ByteBuffer.allocate(Integer.BYTES * elements).order(ByteOrder.LITTLE_ENDIAN);
        for (int q = 0; q < neighbours.queries(); q++) {
            for (int rank = 0; rank < neighbours.perQuery(); rank++) {
                ids.putLong(neighbours.id(q, rank));
                distances.putInt(neighbours.distance(q, rank));
            }
        }
        List<Integer> shape = List.of(neighbours.queries(), neighbours.perQuery());
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("ids.npy", NpyFile.toBytes(NpyArray.owning(NpyType.INT64, shape, ids.array())));
        members.put("distances.npy", NpyFile.toBytes(NpyArray.owning(NpyType.INT32, shape, distances.array())));
        StoredArchive.write(file, members);
    }
}
