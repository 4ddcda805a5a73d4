/** The command {@code linfhash embed}. */
@Internal
@NullMarked
package io.github.linfhash.embeddings.cli;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
