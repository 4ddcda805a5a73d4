/** Seeded random streams, one for each purpose. */
@NullMarked
package io.github.linfhash.core.random;

import org.jspecify.annotations.NullMarked;
