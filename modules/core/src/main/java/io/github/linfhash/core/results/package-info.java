/** The measurements of one run, and the key that names it. */
@NullMarked
package io.github.linfhash.core.results;

import org.jspecify.annotations.NullMarked;
