/** Files that hold columns: Parquet and Arrow, read without trust. */
@NullMarked
package io.github.linfhash.data.columnar;

import org.jspecify.annotations.NullMarked;
