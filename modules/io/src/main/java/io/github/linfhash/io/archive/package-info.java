/** Zip archives whose members are stored as they are. */
@NullMarked
package io.github.linfhash.io.archive;

import org.jspecify.annotations.NullMarked;
