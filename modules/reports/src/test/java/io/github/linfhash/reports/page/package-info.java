/** Tests of the page. */
@NullMarked
package io.github.linfhash.reports.page;

import org.jspecify.annotations.NullMarked;
