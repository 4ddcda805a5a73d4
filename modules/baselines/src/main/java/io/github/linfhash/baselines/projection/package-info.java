/** Methods whose bits are signs of functions of linear projections, learned without pairs: LSH, ITQ and spectral hashing. */
@NullMarked
package io.github.linfhash.baselines.projection;

import org.jspecify.annotations.NullMarked;
