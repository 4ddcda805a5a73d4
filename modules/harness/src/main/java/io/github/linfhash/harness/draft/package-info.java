/** Protocol files drafted for users' own data. */
@NullMarked
package io.github.linfhash.harness.draft;

import org.jspecify.annotations.NullMarked;
