/** The process that builds and searches indexes of Lucene for the module engines. */
@Internal
@NullMarked
package io.github.linfhash.lucene;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
