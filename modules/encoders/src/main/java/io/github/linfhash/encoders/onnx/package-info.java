/** Export of trained encoders to ONNX. */
@Internal
@NullMarked
package io.github.linfhash.encoders.onnx;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
