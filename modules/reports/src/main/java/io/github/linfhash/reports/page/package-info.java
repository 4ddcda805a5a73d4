/** The page that shows a comparison. */
@NullMarked
package io.github.linfhash.reports.page;

import org.jspecify.annotations.NullMarked;
