/** The parts that all commands share: exit codes, help, progress, completion, and the rules for the files they read and write. */
@Internal
@NullMarked
package io.github.linfhash.shell;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
