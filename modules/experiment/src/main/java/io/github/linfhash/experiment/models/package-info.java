/** Trained models: their files, their training, their export. */
@NullMarked
package io.github.linfhash.experiment.models;

import org.jspecify.annotations.NullMarked;
