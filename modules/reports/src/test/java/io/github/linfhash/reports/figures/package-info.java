/** Tests of the figures. */
@NullMarked
package io.github.linfhash.reports.figures;

import org.jspecify.annotations.NullMarked;
