/** Tests of summaries and comparisons. */
@NullMarked
package io.github.linfhash.results.tables;

import org.jspecify.annotations.NullMarked;
