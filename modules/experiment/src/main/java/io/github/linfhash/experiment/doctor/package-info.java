/** What the program runs on, and what of it decides the bits of results. */
@Internal
@NullMarked
package io.github.linfhash.experiment.doctor;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
