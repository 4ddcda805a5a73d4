/** Which rows are for training, which are queries, and which are searched. */
@NullMarked
package io.github.linfhash.protocols.split;

import org.jspecify.annotations.NullMarked;
