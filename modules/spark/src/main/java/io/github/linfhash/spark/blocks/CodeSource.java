package io.github.linfhash.spark.blocks;

import org.apache.spark.api.java.JavaRDD;

/** A database of codes that is spread over files. */
public interface CodeSource {
    /** Returns its name in messages. */
    String name();

    /** The number of codes. */
    long rows();

    /** Blocks of at most {@link CodeBlock#ROWS} codes; every code is in one of them. */
    JavaRDD<CodeBlock> blocks();
}
