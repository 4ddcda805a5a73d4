/** Quantisers that round each coordinate by itself. */
@NullMarked
package io.github.linfhash.quantisers.scalar;

import org.jspecify.annotations.NullMarked;
