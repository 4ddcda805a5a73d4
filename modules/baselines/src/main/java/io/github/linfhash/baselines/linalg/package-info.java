/**
 * Products by Smile that the kernel methods need, on memory outside the heap; and the check of the BLAS that they and linalg share.
 */
@Internal
@NullMarked
package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
