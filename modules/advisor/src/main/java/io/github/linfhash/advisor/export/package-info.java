/** Quantizers as files that other programs take, and measurements as JSON. */
@Internal
@NullMarked
package io.github.linfhash.advisor.export;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
