/** A stand-in for NUS-WIDE's features: generated visual words, in the official files. */
@Internal
@NullMarked
package io.github.linfhash.data.nuswide.synthetic;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
