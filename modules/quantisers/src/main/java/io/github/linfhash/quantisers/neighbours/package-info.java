/** Exact neighbours of float vectors, and how many of them codes find again. */
@NullMarked
package io.github.linfhash.quantisers.neighbours;

import org.jspecify.annotations.NullMarked;
