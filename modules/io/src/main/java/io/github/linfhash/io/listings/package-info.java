/** The one table model behind everything that is shown in rows, and its forms as aligned text, CSV and JSON; HTML is in the reports. */
@Internal
@NullMarked
package io.github.linfhash.io.listings;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
