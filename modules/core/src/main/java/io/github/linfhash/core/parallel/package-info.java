/** Cores that nothing uses, and work that a second thread takes over where there is one. */
@NullMarked
package io.github.linfhash.core.parallel;

import org.jspecify.annotations.NullMarked;
