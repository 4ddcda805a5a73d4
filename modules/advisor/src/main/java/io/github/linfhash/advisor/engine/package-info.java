/** Search engines: which quantizers they have, and what their users paste to search with one. */
@NullMarked
package io.github.linfhash.advisor.engine;

import org.jspecify.annotations.NullMarked;
