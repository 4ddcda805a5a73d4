/** Connections to PostgreSQL, a schema of its own that is removed at the end, and checks before anything is built. */
@Internal
@NullMarked
package io.github.linfhash.engines.database;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
