/** Export of trained encoders to ONNX. */
@Internal
@NullMarked
package io.github.linfhash.io.onnx;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
