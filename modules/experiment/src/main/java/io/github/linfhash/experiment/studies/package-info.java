/** The paper's figure 5 and theorem 1.1 as measurements. */
@NullMarked
package io.github.linfhash.experiment.studies;

import org.jspecify.annotations.NullMarked;
