/** The shallow methods that the paper compares with, and the field's unsupervised floor. */
@NullMarked
package io.github.linfhash.baselines;

import org.jspecify.annotations.NullMarked;
