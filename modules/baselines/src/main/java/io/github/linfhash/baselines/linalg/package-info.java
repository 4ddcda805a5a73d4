/** The linear algebra that several baselines share, on Smile's matrices and their BLAS and LAPACK. */
@NullMarked
package io.github.linfhash.baselines.linalg;

import org.jspecify.annotations.NullMarked;
