/** RaBitQ at one to four bits. */
@NullMarked
package io.github.linfhash.quantizers.rabitq;

import org.jspecify.annotations.NullMarked;
