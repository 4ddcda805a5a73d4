/** Finds printed numbers that cannot be, from the numbers alone: interval arithmetic on what rounding may have changed. */
@NullMarked
package io.github.linfhash.results.audit;

import org.jspecify.annotations.NullMarked;
