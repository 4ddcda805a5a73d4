/** Two results of the same rules and data, side by side. */
@Internal
@NullMarked
package io.github.linfhash.results.differences;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
