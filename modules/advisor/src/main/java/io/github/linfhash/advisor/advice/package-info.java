/** Which quantizer, how many bytes and how much oversampling, for given vectors. */
@NullMarked
package io.github.linfhash.advisor.advice;

import org.jspecify.annotations.NullMarked;
