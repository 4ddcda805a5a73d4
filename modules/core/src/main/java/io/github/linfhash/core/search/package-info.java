/** Nearest neighbors among binary codes. */
@NullMarked
package io.github.linfhash.core.search;

import org.jspecify.annotations.NullMarked;
