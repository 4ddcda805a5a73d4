/** Files written atomically and sealed, and folders for one process alone. */
@Internal
@NullMarked
package io.github.linfhash.io.files;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
