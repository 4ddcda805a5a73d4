/** The suite's hashing methods as quantizers. */
@NullMarked
package io.github.linfhash.quantizers.hashing;

import org.jspecify.annotations.NullMarked;
