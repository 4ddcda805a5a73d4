/** Descriptions of fitted quantizers for other programs: arrays, formulas in words, and graphs of ONNX's operators. */
@NullMarked
package io.github.linfhash.quantizers.export;

import org.jspecify.annotations.NullMarked;
