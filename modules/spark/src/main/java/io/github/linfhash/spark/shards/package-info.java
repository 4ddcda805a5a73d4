/** Folders of NumPy files, read and written by many tasks. */
@Internal
@NullMarked
package io.github.linfhash.spark.shards;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
