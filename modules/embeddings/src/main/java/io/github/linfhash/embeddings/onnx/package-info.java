/** A model in ONNX, run by ONNX Runtime: opened with nothing but its own bytes, batches on all cores. */
@Internal
@NullMarked
package io.github.linfhash.embeddings.onnx;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
