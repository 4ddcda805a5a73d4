/** How JSON is written and read by hand. */
@NullMarked
package io.github.linfhash.io.json;

import org.jspecify.annotations.NullMarked;
