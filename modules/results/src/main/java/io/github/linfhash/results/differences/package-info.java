/** Two results of the same rules and data, side by side. */
@NullMarked
package io.github.linfhash.results.differences;

import org.jspecify.annotations.NullMarked;
