/** Small tables of what was measured, printed as aligned text, CSV or JSON. */
@Internal
@NullMarked
package io.github.linfhash.results.listings;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
