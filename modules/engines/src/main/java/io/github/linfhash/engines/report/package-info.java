/** Measurements of indexes as JSON, as text, as CSV and as a page. */
@Internal
@NullMarked
package io.github.linfhash.engines.report;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
