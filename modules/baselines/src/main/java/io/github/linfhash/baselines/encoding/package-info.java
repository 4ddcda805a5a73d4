/** How learned functions encode many rows without holding all their real-valued outputs. */
@Internal
@NullMarked
package io.github.linfhash.baselines.encoding;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
