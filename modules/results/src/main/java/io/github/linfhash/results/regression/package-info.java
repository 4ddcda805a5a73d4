/** Holds results against expected ones: pure comparisons, their verdicts, and what becomes expected when accepted. */
@Internal
@NullMarked
package io.github.linfhash.results.regression;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
