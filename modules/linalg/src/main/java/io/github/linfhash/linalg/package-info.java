/**
 * Linear algebra on row-major arrays by BLAS and LAPACK (OpenBLAS), clustering, and functions of rows that are applied
 * block by block.
 */
@Internal
@NullMarked
package io.github.linfhash.linalg;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
