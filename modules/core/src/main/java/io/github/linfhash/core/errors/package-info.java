/** Failures that end a run with one sentence. */
@NullMarked
package io.github.linfhash.core.errors;

import org.jspecify.annotations.NullMarked;
