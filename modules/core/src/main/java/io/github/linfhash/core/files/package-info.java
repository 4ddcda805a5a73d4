/** Files written atomically, and digests. */
@NullMarked
package io.github.linfhash.core.files;

import org.jspecify.annotations.NullMarked;
