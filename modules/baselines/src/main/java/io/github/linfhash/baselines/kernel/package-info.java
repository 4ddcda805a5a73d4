/** Supervised hashing with kernels (KSH). */
@NullMarked
package io.github.linfhash.baselines.kernel;

import org.jspecify.annotations.NullMarked;
