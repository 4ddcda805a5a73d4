/** Affine projections, and the hash functions that are the signs of one. */
@Internal
@NullMarked
package io.github.linfhash.baselines.linear;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
