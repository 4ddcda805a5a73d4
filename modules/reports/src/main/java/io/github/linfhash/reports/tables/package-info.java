/** Measurements summarised over seeds, and set beside the printed tables. */
@NullMarked
package io.github.linfhash.reports.tables;

import org.jspecify.annotations.NullMarked;
