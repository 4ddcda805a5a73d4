/** Rows of a data set that are the same, or nearly so. */
@NullMarked
package io.github.linfhash.data.duplicates;

import org.jspecify.annotations.NullMarked;
