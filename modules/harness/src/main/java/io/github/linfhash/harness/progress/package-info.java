/** Progress on the terminal. */
@NullMarked
package io.github.linfhash.harness.progress;

import org.jspecify.annotations.NullMarked;
