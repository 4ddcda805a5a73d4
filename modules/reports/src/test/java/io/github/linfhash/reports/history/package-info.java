/** Tests of metrics over several results. */
@NullMarked
package io.github.linfhash.reports.history;

import org.jspecify.annotations.NullMarked;
