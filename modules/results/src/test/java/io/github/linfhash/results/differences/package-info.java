/** Tests of the comparison of results. */
@NullMarked
package io.github.linfhash.results.differences;

import org.jspecify.annotations.NullMarked;
