/** Affine projections, and the hash functions that are the signs of one. */
@NullMarked
package io.github.linfhash.baselines.linear;

import org.jspecify.annotations.NullMarked;
