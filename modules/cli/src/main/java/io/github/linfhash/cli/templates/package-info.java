/** Protocol files drafted for users' own data. */
@Internal
@NullMarked
package io.github.linfhash.cli.templates;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
