/** How much of a metric each of several factors explains: encoder, loss, features. */
@NullMarked
package io.github.linfhash.results.factors;

import org.jspecify.annotations.NullMarked;
