/** The IDX format of MNIST and its successors. */
@NullMarked
package io.github.linfhash.protocols.idx;

import org.jspecify.annotations.NullMarked;
