/** Files that hold columns: Parquet and Arrow, read without trust. */
@NullMarked
package io.github.linfhash.formats.columnar;

import org.jspecify.annotations.NullMarked;
