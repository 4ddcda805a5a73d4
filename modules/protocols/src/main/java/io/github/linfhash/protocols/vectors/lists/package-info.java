/** Texts with a list on each line: indices, labels, names. */
@NullMarked
package io.github.linfhash.protocols.vectors.lists;

import org.jspecify.annotations.NullMarked;
