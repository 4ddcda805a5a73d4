/** The recall of quantizers over a distributed database, from counts of its parts. */
@Internal
@NullMarked
package io.github.linfhash.spark.recall;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
