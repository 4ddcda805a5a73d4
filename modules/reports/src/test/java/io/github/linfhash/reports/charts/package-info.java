/** Tests of the charts. */
@NullMarked
package io.github.linfhash.reports.charts;

import org.jspecify.annotations.NullMarked;
