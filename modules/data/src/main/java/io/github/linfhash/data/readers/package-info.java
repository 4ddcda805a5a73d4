/** The readers of CIFAR-10, of IDX files and of Corel16k. */
@Internal
@NullMarked
package io.github.linfhash.data.readers;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
