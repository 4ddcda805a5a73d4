/** From images to the feature vectors that every method sees. */
@NullMarked
package io.github.linfhash.protocols.features;

import org.jspecify.annotations.NullMarked;
