/** Evaluation by histograms of parts. */
@NullMarked
package io.github.linfhash.spark.evaluation;

import org.jspecify.annotations.NullMarked;
