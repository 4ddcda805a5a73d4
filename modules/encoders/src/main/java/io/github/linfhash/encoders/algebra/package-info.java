/** Dense matrices in double precision for the solvers that set encoders up; same bits on every machine. */
@NullMarked
package io.github.linfhash.encoders.algebra;

import org.jspecify.annotations.NullMarked;
