/** Results of many, grouped by what may be compared and ranked: what the site shows. */
@NullMarked
package io.github.linfhash.results.board;

import org.jspecify.annotations.NullMarked;
