/** Siamese training: pairs, loss, schedule and diagnostics. */
@NullMarked
package io.github.linfhash.encoders.training;

import org.jspecify.annotations.NullMarked;
