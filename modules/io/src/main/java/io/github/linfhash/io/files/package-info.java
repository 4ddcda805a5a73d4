/** Files written atomically, sealed and locked. */
@Internal
@NullMarked
package io.github.linfhash.io.files;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
