/** Holds results against expected ones: pure comparisons, their verdicts, and what becomes expected when accepted. */
@NullMarked
package io.github.linfhash.results.regression;

import org.jspecify.annotations.NullMarked;
