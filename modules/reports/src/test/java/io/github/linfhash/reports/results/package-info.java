/** Tests of results.json. */
@NullMarked
package io.github.linfhash.reports.results;

import org.jspecify.annotations.NullMarked;
