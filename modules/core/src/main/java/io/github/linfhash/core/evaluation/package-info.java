/** Hamming retrieval: distance histograms, and the metrics that follow from them. */
@NullMarked
package io.github.linfhash.core.evaluation;

import org.jspecify.annotations.NullMarked;
