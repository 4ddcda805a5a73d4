/** Sentence embeddings by published models. */
@Internal
@NullMarked
package io.github.linfhash.embeddings.texts;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
