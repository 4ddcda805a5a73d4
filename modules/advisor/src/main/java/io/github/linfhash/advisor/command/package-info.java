/** Commands about vectors and their codes, and what commands of all programs are made of. */
@Internal
@NullMarked
package io.github.linfhash.advisor.command;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
