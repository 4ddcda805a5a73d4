/** What all modules share, and what they say of their packages. */
@NullMarked
package io.github.linfhash.core;

import org.jspecify.annotations.NullMarked;
