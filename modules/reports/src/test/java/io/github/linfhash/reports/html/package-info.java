/** Tests of the builder of HTML. */
@NullMarked
package io.github.linfhash.reports.html;

import org.jspecify.annotations.NullMarked;
