/** RaBitQ at one to four bits. */
@NullMarked
package io.github.linfhash.quantisers.rabitq;

import org.jspecify.annotations.NullMarked;
