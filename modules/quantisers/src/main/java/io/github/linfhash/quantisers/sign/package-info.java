/** Quantisers that keep signs. */
@NullMarked
package io.github.linfhash.quantisers.sign;

import org.jspecify.annotations.NullMarked;
