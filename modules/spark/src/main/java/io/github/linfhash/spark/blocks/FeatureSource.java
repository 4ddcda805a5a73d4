package io.github.linfhash.spark.blocks;

import org.apache.spark.api.java.JavaRDD;

/** A feature set that is spread over files. */
public interface FeatureSource {
    /** Values of a block that a task holds at a time: 4 MiB. */
    int VALUES_OF_BLOCK = 1 << 20;

    /** Returns its name in messages. */
    String name();

    /** The dimension d of the vectors. */
    int dimension();

    /** The number of rows. */
    long rows();

    /** Blocks of rows; every row is in one of them. */
    JavaRDD<FeatureBlock> blocks();

    /** How many rows a block has at most. */
    static int rowsOfBlock(int dimension) {
        return Math.max(1, VALUES_OF_BLOCK / dimension);
    }
}
