/** Packed codes and the sums over them from which distances are estimated. */
@NullMarked
package io.github.linfhash.quantizers.codes;

import org.jspecify.annotations.NullMarked;
