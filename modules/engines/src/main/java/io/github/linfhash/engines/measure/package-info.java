/** Measurements of indexes, the choice among them, and the interface of the engines that have them. */
@Internal
@NullMarked
package io.github.linfhash.engines.measure;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
