/** Quantizers as files that other programs take. */
@Internal
@NullMarked
package io.github.linfhash.cli.export;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
