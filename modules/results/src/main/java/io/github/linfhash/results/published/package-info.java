/** The tables that the paper publishes, as data. */
@NullMarked
package io.github.linfhash.results.published;

import org.jspecify.annotations.NullMarked;
