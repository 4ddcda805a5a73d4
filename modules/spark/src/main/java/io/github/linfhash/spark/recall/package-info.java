/** What a quantizer keeps of the neighbors of a database, by counts of parts. */
@Internal
@NullMarked
package io.github.linfhash.spark.recall;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
