/** Slow independent versions in plain loops, to compare the methods with. */
@NullMarked
package io.github.linfhash.baselines.plain;

import org.jspecify.annotations.NullMarked;
