/** Quantizers that round each coordinate by itself. */
@NullMarked
package io.github.linfhash.quantizers.scalar;

import org.jspecify.annotations.NullMarked;
