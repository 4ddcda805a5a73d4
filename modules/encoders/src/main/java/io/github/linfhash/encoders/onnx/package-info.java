/** Export of trained encoders to ONNX. */
@NullMarked
package io.github.linfhash.encoders.onnx;

import org.jspecify.annotations.NullMarked;
