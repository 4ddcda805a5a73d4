/** The figures of a comparison: what its runs measured, as charts. */
@Internal
@NullMarked
package io.github.linfhash.reports.figures;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
