/** Rankings of results from several sources, by protocol and version of its rules. */
@NullMarked
package io.github.linfhash.reports.ranking;

import org.jspecify.annotations.NullMarked;
