/** Rows on their way through a task: features and codes in blocks that fit into memory. */
@Internal
@NullMarked
package io.github.linfhash.spark.blocks;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
