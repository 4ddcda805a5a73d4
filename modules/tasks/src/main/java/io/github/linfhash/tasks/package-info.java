/** The blind benchmark for methods of other programs: tasks, submissions of codes, and their scores. */
@Internal
@NullMarked
package io.github.linfhash.tasks;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
