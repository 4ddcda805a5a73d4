/** What tells a library that computes wrongly on some processor from one that computes right. */
@Internal
@NullMarked
package io.github.linfhash.core.arithmetic;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
