/** One metric over results of several commits. */
@Internal
@NullMarked
package io.github.linfhash.reports.history;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
