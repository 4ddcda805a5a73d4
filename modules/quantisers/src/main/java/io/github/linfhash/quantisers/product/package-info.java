/** Product quantisation. */
@NullMarked
package io.github.linfhash.quantisers.product;

import org.jspecify.annotations.NullMarked;
