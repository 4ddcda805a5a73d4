/** Protocol files drafted for users' own data. */
@NullMarked
package io.github.linfhash.experiment.draft;

import org.jspecify.annotations.NullMarked;
