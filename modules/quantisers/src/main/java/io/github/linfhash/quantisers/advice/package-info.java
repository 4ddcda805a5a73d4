/** Which quantiser, how many bytes and how much oversampling, for given vectors. */
@NullMarked
package io.github.linfhash.quantisers.advice;

import org.jspecify.annotations.NullMarked;
