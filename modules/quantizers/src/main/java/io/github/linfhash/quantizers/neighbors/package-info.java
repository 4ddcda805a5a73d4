/** Exact neighbors of float vectors, and how many of them codes find again. */
@NullMarked
package io.github.linfhash.quantizers.neighbors;

import org.jspecify.annotations.NullMarked;
