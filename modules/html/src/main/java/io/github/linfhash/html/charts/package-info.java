/** Charts as data, as SVG and as PNG: lines and bars, with texts that stay texts, the same bytes for the same data. */
@Internal
@NullMarked
package io.github.linfhash.html.charts;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
