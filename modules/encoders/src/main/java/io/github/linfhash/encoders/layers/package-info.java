/** What the networks are made of: weight matrices, biases, neurons, and their gradients. */
@NullMarked
package io.github.linfhash.encoders.layers;

import org.jspecify.annotations.NullMarked;
