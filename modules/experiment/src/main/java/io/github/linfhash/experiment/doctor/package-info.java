/** The environment that the program runs in, and the parts of it that decide the bits of results. */
@Internal
@NullMarked
package io.github.linfhash.experiment.doctor;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
