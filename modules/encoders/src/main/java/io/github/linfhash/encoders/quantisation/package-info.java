/** What quantisation and lost or flipped entries do to l-infinity codes, to least squares, and to binary codes. */
@NullMarked
package io.github.linfhash.encoders.quantisation;

import org.jspecify.annotations.NullMarked;
