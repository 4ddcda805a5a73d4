/** Rows on their way through a task: features and codes in blocks that fit into memory. */
@NullMarked
package io.github.linfhash.spark.blocks;

import org.jspecify.annotations.NullMarked;
