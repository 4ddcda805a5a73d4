/** The paper's figure 5 as a measurement. */
@Internal
@NullMarked
package io.github.linfhash.experiment.studies;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
