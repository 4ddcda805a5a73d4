package io.github.linfhash.spark.shards;

import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.PackedCodes;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;

/**
 * Writes codes as .npy files: {@code codes/part-P-K.npy} for each partition P, in the order of its rows, and beside them
 * {@code ids} where ids are no row numbers. A task that runs twice writes the same bytes to the same names.
 *
 * @param folder to write into
 * @param bits N
 * @param withIds whether to write the ids
 */
public record ShardWriter(TaskFolder folder, int bits, boolean withIds) implements Serializable {
    /** Codes of a file: what a task holds until it writes them. */
    private static final int ROWS_OF_FILE = 1 << 20;

    private static final String CODES = "codes";
    private static final String IDS = "ids";

    /** Writes all blocks, and gives the names of the files in the folder. */
    public List<String> write(JavaRDD<CodeBlock> blocks) throws IOException {
        folder.make(withIds ? List.of(CODES, IDS) : List.of(CODES));
        return blocks.mapPartitionsWithIndex(
                        (partition, codes) -> write(partition, codes).iterator(), true)
                .collect();
    }

    private List<String> write(int partition, Iterator<CodeBlock> blocks) throws IOException {
        List<CodeBlock> held = new ArrayList<>();
        List<String> written = new ArrayList<>();
        int rows = 0;
        int part = 0;
        while (blocks.hasNext()) {
            CodeBlock block = blocks.next();
            if (rows > 0 && rows + block.codes().size() > ROWS_OF_FILE) {
                written.addAll(write(partition, part++, held));
                held.clear();
                rows = 0;
            }
            held.add(block);
            rows += block.codes().size();
        }
        if (rows > 0) {
            written.addAll(write(partition, part, held));
        }
        return written;
    }

    private List<String> write(int partition, int part, List<CodeBlock> blocks) throws IOException {
        String name = String.format(Locale.ROOT, "/part-%05d-%03d.npy", partition, part);
        List<PackedCodes> packed =
                blocks.stream().map(block -> PackedCodes.of(block.codes())).toList();
        CodeArrays.write(folder.file(CODES + name), PackedCodes.concatenated(bits, packed));
        if (!withIds) {
            return List.of(CODES + name);
        }
        NpyFile.write(folder.file(IDS + name), ids(blocks));
        return List.of(CODES + name, IDS + name);
    }

    private static NpyArray ids(List<CodeBlock> blocks) {
        int rows = blocks.stream().mapToInt(block -> block.ids().size()).sum();
        ByteBuffer ids =
                ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, rows)).order(ByteOrder.LITTLE_ENDIAN);
        for (CodeBlock block : blocks) {
            ids.asLongBuffer().put(block.ids().toArray());
            ids.position(ids.position() + Long.BYTES * block.ids().size());
        }
        return NpyArray.owning(NpyType.INT64, List.of(rows), ids.array());
    }
}
