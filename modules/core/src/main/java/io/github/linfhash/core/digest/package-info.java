/** SHA-256 of texts and arrays. */
@Internal
@NullMarked
package io.github.linfhash.core.digest;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
