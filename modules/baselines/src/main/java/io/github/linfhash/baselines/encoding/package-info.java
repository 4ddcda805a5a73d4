/** How learned functions encode many rows without holding all their real-valued outputs. */
@NullMarked
package io.github.linfhash.baselines.encoding;

import org.jspecify.annotations.NullMarked;
