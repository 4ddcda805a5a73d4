/** Product quantization. */
@NullMarked
package io.github.linfhash.quantizers.product;

import org.jspecify.annotations.NullMarked;
