/** Linear maps before a quantizer: random rotations, principal components. */
@NullMarked
package io.github.linfhash.quantizers.rotation;

import org.jspecify.annotations.NullMarked;
