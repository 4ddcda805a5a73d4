/** Parts of pages that reports and rankings share. */
@NullMarked
package io.github.linfhash.results.page;

import org.jspecify.annotations.NullMarked;
