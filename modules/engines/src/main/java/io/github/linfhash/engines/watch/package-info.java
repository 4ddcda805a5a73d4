/** The recall of a running index: what a look measures, intervals and alarms that may be looked at at any time, and their files. */
@Internal
@NullMarked
package io.github.linfhash.engines.watch;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
