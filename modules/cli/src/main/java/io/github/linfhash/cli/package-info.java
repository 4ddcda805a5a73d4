/** The command-line program: one class for each command. */
@Internal
@NullMarked
package io.github.linfhash.cli;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
