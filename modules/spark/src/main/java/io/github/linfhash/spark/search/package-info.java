/** Search by the neighbors in parts, of codes and of vectors. */
@Internal
@NullMarked
package io.github.linfhash.spark.search;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
