/** Engines in processes of their own, which answer one JSON object a line with another one. */
@Internal
@NullMarked
package io.github.linfhash.engines.process;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
