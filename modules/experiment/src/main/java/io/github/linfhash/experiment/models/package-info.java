/** Trained models: their files, their training, their export. */
@Internal
@NullMarked
package io.github.linfhash.experiment.models;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
