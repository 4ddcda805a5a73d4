/** NumPy's array files: features, codes and labels. */
@NullMarked
package io.github.linfhash.io.npy;

import org.jspecify.annotations.NullMarked;
