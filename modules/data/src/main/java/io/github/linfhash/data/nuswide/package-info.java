/** The official files of NUS-WIDE (Chua et al., CIVR 2009): bags of visual words and the ground truth of 81 concepts. */
@Internal
@NullMarked
package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
