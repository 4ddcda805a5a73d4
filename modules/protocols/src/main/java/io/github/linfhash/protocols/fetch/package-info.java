/** Fetching the files of data sets: resumed, retried, bounded, and checked before they get their names. */
@NullMarked
package io.github.linfhash.protocols.fetch;

import org.jspecify.annotations.NullMarked;
