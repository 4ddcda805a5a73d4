/** Encoding by a model that every executor restores for itself. */
@Internal
@NullMarked
package io.github.linfhash.spark.encoding;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
