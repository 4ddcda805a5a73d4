/** The paper's figure 5 and theorem 1.1 as measurements. */
@Internal
@NullMarked
package io.github.linfhash.experiment.studies;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
