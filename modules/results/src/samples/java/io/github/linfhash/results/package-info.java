/** Results that nobody measured, for tests. */
@NullMarked
package io.github.linfhash.results;

import org.jspecify.annotations.NullMarked;
