/**
 * What several baselines share: linear algebra on Smile's matrices and their BLAS and LAPACK, and functions of rows that are
 * applied block by block.
 */
@NullMarked
package io.github.linfhash.baselines.linalg;

import org.jspecify.annotations.NullMarked;
