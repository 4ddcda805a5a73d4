/** Means, covariances and k-means centers by sums over parts. */
@Internal
@NullMarked
package io.github.linfhash.spark.statistics;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
