/** The page that shows a comparison. */
@NullMarked
package io.github.linfhash.html.page;

import org.jspecify.annotations.NullMarked;
