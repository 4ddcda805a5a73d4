/** Evaluation by histograms of parts. */
@Internal
@NullMarked
package io.github.linfhash.spark.evaluation;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
