/** The suite's hashing methods as quantisers. */
@NullMarked
package io.github.linfhash.quantisers.hashing;

import org.jspecify.annotations.NullMarked;
