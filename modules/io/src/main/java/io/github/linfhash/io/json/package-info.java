/** How JSON is written and read by hand. */
@Internal
@NullMarked
package io.github.linfhash.io.json;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
