/** All registered methods, and their options bound from protocol files. */
@NullMarked
package io.github.linfhash.experiment.registry;

import org.jspecify.annotations.NullMarked;
