/** Linear maps before a quantiser: random rotations, principal components. */
@NullMarked
package io.github.linfhash.quantisers.rotation;

import org.jspecify.annotations.NullMarked;
