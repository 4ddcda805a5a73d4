/** Methods on Gaussian kernels: supervised hashing with kernels (KSH), and the codes of a kernel classifier's scores. */
@NullMarked
package io.github.linfhash.baselines.kernel;

import org.jspecify.annotations.NullMarked;
