/** Dense matrices in double precision for the solvers that set encoders up; same bits on every machine. */
@Internal
@NullMarked
package io.github.linfhash.encoders.algebra;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
