/** The ADMM algorithm for l-infinity constrained least squares, and the network weights that follow from it. */
@Internal
@NullMarked
package io.github.linfhash.encoders.admm;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
