/** Measurements summarized over seeds, and set beside the published tables. */
@NullMarked
package io.github.linfhash.results.tables;

import org.jspecify.annotations.NullMarked;
