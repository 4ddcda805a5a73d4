/** Fetching the files of data sets: resumed, retried, bounded, and checked before they get their names. */
@Internal
@NullMarked
package io.github.linfhash.data.fetch;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
