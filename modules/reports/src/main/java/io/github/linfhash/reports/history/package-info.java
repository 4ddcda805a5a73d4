/** One metric over results of several commits. */
@NullMarked
package io.github.linfhash.reports.history;

import org.jspecify.annotations.NullMarked;
