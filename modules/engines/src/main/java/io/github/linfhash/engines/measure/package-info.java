/** Indexes of pgvector: which are built and searched, what is measured of them, and the choice among them. */
@Internal
@NullMarked
package io.github.linfhash.engines.measure;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
