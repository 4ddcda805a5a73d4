/** The commands of linfhash spark. */
@Internal
@NullMarked
package io.github.linfhash.spark.cli;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
