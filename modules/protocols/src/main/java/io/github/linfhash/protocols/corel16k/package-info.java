/** The reader of Corel16k. */
@NullMarked
package io.github.linfhash.protocols.corel16k;

import org.jspecify.annotations.NullMarked;
