/** Readers of feature vectors, labels, ids, judgments and neighbors in the formats of the field. */
@NullMarked
package io.github.linfhash.formats.vectors;

import org.jspecify.annotations.NullMarked;
