/** The commands advise, quantize, recall and search. */
@Internal
@NullMarked
package io.github.linfhash.advisor.command;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
