/** Cores that nothing uses, and work that a second thread takes over where there is one. */
@Internal
@NullMarked
package io.github.linfhash.core.parallel;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
