/** The generic feed-forward encoder (NNH). */
@NullMarked
package io.github.linfhash.encoders.generic;

import org.jspecify.annotations.NullMarked;
