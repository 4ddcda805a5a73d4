/** Tests of the comparison of results. */
@NullMarked
package io.github.linfhash.reports.differences;

import org.jspecify.annotations.NullMarked;
