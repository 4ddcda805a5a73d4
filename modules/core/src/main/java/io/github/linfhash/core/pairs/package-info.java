/** Pairs of labeled images, and the one rule by which all methods draw them. */
@NullMarked
package io.github.linfhash.core.pairs;

import org.jspecify.annotations.NullMarked;
