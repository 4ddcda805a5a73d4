/** Siamese training: pairs, loss, schedule, diagnostics and checkpoints. */
@NullMarked
package io.github.linfhash.encoders.training;

import org.jspecify.annotations.NullMarked;
