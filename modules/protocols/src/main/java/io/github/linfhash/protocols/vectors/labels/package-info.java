/** From the words that files use for classes and labels to numbers. */
@NullMarked
package io.github.linfhash.protocols.vectors.labels;

import org.jspecify.annotations.NullMarked;
