/** Checks that find numerical libraries which compute wrongly on some processors. */
@Internal
@NullMarked
package io.github.linfhash.core.arithmetic;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
