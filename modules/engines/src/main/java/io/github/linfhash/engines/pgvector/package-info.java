/** Indexes of pgvector, in a schema of their own. */
@Internal
@NullMarked
package io.github.linfhash.engines.pgvector;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
