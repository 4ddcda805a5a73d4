/** Chooses options by cross-validation inside the training images, with equal effort for every method. */
@Internal
@NullMarked
package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
