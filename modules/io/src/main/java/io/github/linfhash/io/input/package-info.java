/** Strict reading of untrusted files. */
@Internal
@NullMarked
package io.github.linfhash.io.input;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
