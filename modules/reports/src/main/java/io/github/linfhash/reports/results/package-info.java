/** results.json as records, and its strict codec. */
@NullMarked
package io.github.linfhash.reports.results;

import org.jspecify.annotations.NullMarked;
