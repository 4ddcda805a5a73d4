/** Fetching the files of data sets: resumed, retried, bounded, and checked before they get their names. */
@NullMarked
package io.github.linfhash.data.fetch;

import org.jspecify.annotations.NullMarked;
