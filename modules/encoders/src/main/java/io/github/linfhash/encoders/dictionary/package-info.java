/** Dictionary learning: K-SVD, with batch orthogonal matching pursuit. */
@NullMarked
package io.github.linfhash.encoders.dictionary;

import org.jspecify.annotations.NullMarked;
