/** The linear algebra that several baselines share, on Smile's matrices and their BLAS and LAPACK. */
@Internal
@NullMarked
package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
