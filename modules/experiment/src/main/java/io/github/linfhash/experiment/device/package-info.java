/** The devices that encoders are trained on. */
@NullMarked
package io.github.linfhash.experiment.device;

import org.jspecify.annotations.NullMarked;
