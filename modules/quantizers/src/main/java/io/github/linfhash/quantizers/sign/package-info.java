/** Quantizers that keep signs. */
@NullMarked
package io.github.linfhash.quantizers.sign;

import org.jspecify.annotations.NullMarked;
