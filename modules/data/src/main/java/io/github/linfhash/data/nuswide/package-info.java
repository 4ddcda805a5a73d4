/** The official files of NUS-WIDE (Chua et al., CIVR 2009): bags of visual words and the ground truth of 81 concepts. */
@NullMarked
package io.github.linfhash.data.nuswide;

import org.jspecify.annotations.NullMarked;
