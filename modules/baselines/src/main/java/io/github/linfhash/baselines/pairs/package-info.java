/** Pairs of similar and dissimilar training images, and the thresholds that separate the latter but not the former. */
@NullMarked
package io.github.linfhash.baselines.pairs;

import org.jspecify.annotations.NullMarked;
