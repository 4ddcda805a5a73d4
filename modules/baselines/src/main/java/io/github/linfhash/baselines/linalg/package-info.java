/**
 * What several baselines share: linear algebra on Smile's matrices and their BLAS and LAPACK, and functions of rows that are
 * applied block by block.
 */
@Internal
@NullMarked
package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
