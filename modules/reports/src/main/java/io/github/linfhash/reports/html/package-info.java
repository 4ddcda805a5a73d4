/** A small builder of HTML in which data can never become markup. */
@NullMarked
package io.github.linfhash.reports.html;

import org.jspecify.annotations.NullMarked;
