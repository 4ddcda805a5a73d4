/** Tests of the printed tables. */
@NullMarked
package io.github.linfhash.reports.published;

import org.jspecify.annotations.NullMarked;
