/** The interface between published hashing methods and everything else. */
@NullMarked
package io.github.linfhash.core.method;

import org.jspecify.annotations.NullMarked;
