/** What quantization and lost or flipped entries do to l-infinity codes, to least squares, and to binary codes. */
@Internal
@NullMarked
package io.github.linfhash.encoders.quantization;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
