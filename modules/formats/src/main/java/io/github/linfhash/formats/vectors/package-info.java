/** Feature vectors and labels that users bring, in the formats of the field. */
@NullMarked
package io.github.linfhash.formats.vectors;

import org.jspecify.annotations.NullMarked;
