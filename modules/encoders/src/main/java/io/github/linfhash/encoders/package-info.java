/** The encoders that the suite knows. */
@NullMarked
package io.github.linfhash.encoders;

import org.jspecify.annotations.NullMarked;
