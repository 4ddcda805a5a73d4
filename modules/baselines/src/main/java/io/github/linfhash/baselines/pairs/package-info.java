/**
 * Methods that learn from pairs of similar and dissimilar training images, and choose thresholds that separate the latter but
 * not the former: parameter-sensitive hashing and LDAHash.
 */
@NullMarked
package io.github.linfhash.baselines.pairs;

import org.jspecify.annotations.NullMarked;
