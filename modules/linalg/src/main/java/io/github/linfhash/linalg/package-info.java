/**
 * The one room for BLAS and LAPACK (OpenBLAS): linear algebra on row-major arrays, clustering, and functions of rows that
 * are applied block by block.
 */
@Internal
@NullMarked
package io.github.linfhash.linalg;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
