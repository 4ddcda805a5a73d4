/** Tests of summaries and comparisons. */
@NullMarked
package io.github.linfhash.reports.tables;

import org.jspecify.annotations.NullMarked;
