package io.github.linfhash.spark.shards;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * One file of a folder of .npy files.
 *
 * @param file its path, the same on every machine
 * @param firstRow how many rows the files before it have
 * @param rows how many it has
 */
record Shard(String file, long firstRow, int rows) implements Serializable {
    Path path() {
        return Path.of(file);
    }

    /** Whether a row of the other folder's file has the number of a row of this one. */
    boolean overlaps(Shard other) {
        return Math.max(firstRow, other.firstRow) < Math.min(firstRow + rows, other.firstRow + other.rows);
    }
}
