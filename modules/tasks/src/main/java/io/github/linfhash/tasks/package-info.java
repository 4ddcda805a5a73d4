/** The benchmark for outsiders: tasks that are handed out, and submissions of codes that come back and are scored. */
@Internal
@NullMarked
package io.github.linfhash.tasks;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
