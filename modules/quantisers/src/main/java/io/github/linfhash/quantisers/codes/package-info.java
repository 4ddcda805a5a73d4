/** Packed codes and the sums over them from which distances are estimated. */
@NullMarked
package io.github.linfhash.quantisers.codes;

import org.jspecify.annotations.NullMarked;
