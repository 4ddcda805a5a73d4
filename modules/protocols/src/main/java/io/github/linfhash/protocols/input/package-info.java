/** Strict reading of untrusted files. */
@NullMarked
package io.github.linfhash.protocols.input;

import org.jspecify.annotations.NullMarked;
