/** The process in which Lucene runs, and the messages that are exchanged with it. */
@Internal
@NullMarked
package io.github.linfhash.engines.lucene;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
