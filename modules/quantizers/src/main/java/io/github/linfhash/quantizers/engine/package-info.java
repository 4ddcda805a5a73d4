/** Search engines: which quantizers they have, and what their users paste to search with one. */
@NullMarked
package io.github.linfhash.quantizers.engine;

import org.jspecify.annotations.NullMarked;
