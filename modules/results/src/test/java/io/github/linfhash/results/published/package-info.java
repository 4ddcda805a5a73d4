/** Tests of the published tables. */
@NullMarked
package io.github.linfhash.results.published;

import org.jspecify.annotations.NullMarked;
