/** Which program this is: its version, and what identifies its code. */
@Internal
@NullMarked
package io.github.linfhash.io.program;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
