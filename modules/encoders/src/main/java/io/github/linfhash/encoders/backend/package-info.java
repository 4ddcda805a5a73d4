/** Plain descriptions of encoder trainings, and the interface of backends that run many of them at once. */
@NullMarked
package io.github.linfhash.encoders.backend;

import org.jspecify.annotations.NullMarked;
