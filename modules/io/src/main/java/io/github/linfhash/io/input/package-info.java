/** Strict reading of untrusted files. */
@NullMarked
package io.github.linfhash.io.input;

import org.jspecify.annotations.NullMarked;
