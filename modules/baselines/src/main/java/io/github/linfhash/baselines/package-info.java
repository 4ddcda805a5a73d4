/** The shallow methods and their registration. */
@NullMarked
package io.github.linfhash.baselines;

import org.jspecify.annotations.NullMarked;
