/** What tells a library that computes wrongly on some processor from one that computes right. */
@NullMarked
package io.github.linfhash.core.arithmetic;

import org.jspecify.annotations.NullMarked;
