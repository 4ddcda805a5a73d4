/** Means, covariances and k-means centres by sums over parts. */
@NullMarked
package io.github.linfhash.spark.statistics;

import org.jspecify.annotations.NullMarked;
