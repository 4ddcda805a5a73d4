/** Short programs that use linfhash. */
@NullMarked
package io.github.linfhash.examples;

import org.jspecify.annotations.NullMarked;
