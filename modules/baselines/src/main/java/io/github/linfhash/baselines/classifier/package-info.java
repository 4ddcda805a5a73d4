/** Class codes: the scores of a classifier, binarised by random directions. */
@NullMarked
package io.github.linfhash.baselines.classifier;

import org.jspecify.annotations.NullMarked;
