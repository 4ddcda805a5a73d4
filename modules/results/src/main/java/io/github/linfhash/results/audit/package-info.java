/** Finds published numbers that cannot be, from the numbers alone: interval arithmetic on what rounding may have changed. */
@Internal
@NullMarked
package io.github.linfhash.results.audit;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
