/** The page that shows advice. */
@NullMarked
package io.github.linfhash.advisor.page;

import org.jspecify.annotations.NullMarked;
