/** Computed features, kept in files. */
@Internal
@NullMarked
package io.github.linfhash.data.cache;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
