/** The parts that networks are made of: weight matrices, biases, neurons, and their gradients. */
@Internal
@NullMarked
package io.github.linfhash.encoders.layers;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
