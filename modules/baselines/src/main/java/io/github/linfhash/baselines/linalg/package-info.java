/**
 * Products and decompositions by Smile, and the check of the BLAS that Smile and the module linalg share.
 */
@Internal
@NullMarked
package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
