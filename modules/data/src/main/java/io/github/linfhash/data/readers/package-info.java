/** The readers of CIFAR-10, of IDX files and of Corel16k. */
@NullMarked
package io.github.linfhash.data.readers;

import org.jspecify.annotations.NullMarked;
