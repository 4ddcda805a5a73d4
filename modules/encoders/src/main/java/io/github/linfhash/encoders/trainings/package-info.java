/** Trainings of encoders in plain arrays and numbers, and what trains many of them at once. */
@NullMarked
package io.github.linfhash.encoders.trainings;

import org.jspecify.annotations.NullMarked;
