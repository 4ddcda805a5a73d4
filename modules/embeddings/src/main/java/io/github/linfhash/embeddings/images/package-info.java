/** Embeddings of images by any model in ONNX that takes them. */
@Internal
@NullMarked
package io.github.linfhash.embeddings.images;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
