/** Where the program finds its files, and what machine it runs on. */
@Internal
@NullMarked
package io.github.linfhash.experiment.environment;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
