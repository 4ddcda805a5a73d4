/** Tests of the pages in a real browser. */
@NullMarked
package io.github.linfhash.reports.browser;

import org.jspecify.annotations.NullMarked;
