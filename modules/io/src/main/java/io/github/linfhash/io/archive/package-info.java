/** Zip archives whose members are stored as they are. */
@Internal
@NullMarked
package io.github.linfhash.io.archive;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
