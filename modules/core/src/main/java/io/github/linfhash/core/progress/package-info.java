/** How long computations say how far they are. */
@NullMarked
package io.github.linfhash.core.progress;

import org.jspecify.annotations.NullMarked;
