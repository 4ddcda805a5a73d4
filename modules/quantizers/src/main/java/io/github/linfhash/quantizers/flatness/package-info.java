/** Whether flat representations of vectors have good signs: what a bound of errors predicts, and what is measured. */
@NullMarked
package io.github.linfhash.quantizers.flatness;

import org.jspecify.annotations.NullMarked;
