/** The environment that the program runs in, and the parts of it that decide the bits of results. */
@Internal
@NullMarked
package io.github.linfhash.cli.doctor;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
