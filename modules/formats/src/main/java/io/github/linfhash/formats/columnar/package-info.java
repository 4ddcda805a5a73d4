/** Reads tables of columns in Parquet files, whose claims are checked before memory is reserved for them. */
@NullMarked
package io.github.linfhash.formats.columnar;

import org.jspecify.annotations.NullMarked;
