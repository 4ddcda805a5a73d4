/** The ADMM algorithm for l-infinity constrained least squares, and the network weights that follow from it. */
@NullMarked
package io.github.linfhash.encoders.admm;

import org.jspecify.annotations.NullMarked;
