/** The figures of a comparison: what its runs measured, as charts. */
@NullMarked
package io.github.linfhash.reports.figures;

import org.jspecify.annotations.NullMarked;
