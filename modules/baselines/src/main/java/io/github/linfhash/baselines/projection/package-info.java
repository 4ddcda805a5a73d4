/** Methods whose bits are thresholded linear projections: LSH, ITQ, spectral hashing and LDAHash. */
@NullMarked
package io.github.linfhash.baselines.projection;

import org.jspecify.annotations.NullMarked;
