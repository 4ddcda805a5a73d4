/** Which quantizer, how many bytes and how much oversampling, for given vectors. */
@NullMarked
package io.github.linfhash.quantizers.advice;

import org.jspecify.annotations.NullMarked;
