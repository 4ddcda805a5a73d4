/** Trainings of encoders in plain arrays and numbers, and what trains many of them at once. */
@NullMarked
package io.github.linfhash.opencl.trainings;

import org.jspecify.annotations.NullMarked;
