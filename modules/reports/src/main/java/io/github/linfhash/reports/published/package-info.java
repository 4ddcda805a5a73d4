/** The tables that the paper prints, as data. */
@NullMarked
package io.github.linfhash.reports.published;

import org.jspecify.annotations.NullMarked;
