/** Files written atomically, sealed and locked. */
@NullMarked
package io.github.linfhash.io.files;

import org.jspecify.annotations.NullMarked;
