/** Dictionary learning: K-SVD, with batch orthogonal matching pursuit. */
@Internal
@NullMarked
package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
