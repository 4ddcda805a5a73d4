/** Results of many, grouped by what may be compared and ranked: what the site shows. */
@NullMarked
package io.github.linfhash.reports.ranking;

import org.jspecify.annotations.NullMarked;
