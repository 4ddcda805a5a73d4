/** Folders of NumPy files, read and written by many tasks. */
@NullMarked
package io.github.linfhash.spark.shards;

import org.jspecify.annotations.NullMarked;
