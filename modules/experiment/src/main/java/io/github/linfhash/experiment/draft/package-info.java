/** Protocol files drafted for users' own data. */
@Internal
@NullMarked
package io.github.linfhash.experiment.draft;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
