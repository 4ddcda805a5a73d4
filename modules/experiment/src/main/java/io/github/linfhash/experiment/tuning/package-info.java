/** Chooses options by cross-validation inside the training images, with equal effort for every method. */
@NullMarked
package io.github.linfhash.experiment.tuning;

import org.jspecify.annotations.NullMarked;
