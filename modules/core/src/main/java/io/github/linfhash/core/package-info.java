/** The code that all modules share, and the annotations of their packages. */
@NullMarked
package io.github.linfhash.core;

import org.jspecify.annotations.NullMarked;
