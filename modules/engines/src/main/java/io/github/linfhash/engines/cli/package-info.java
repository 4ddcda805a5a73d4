/** The command that measures indexes of search engines. */
@Internal
@NullMarked
package io.github.linfhash.engines.cli;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
