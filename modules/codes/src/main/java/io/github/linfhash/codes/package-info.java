/** Packed codes, distances between them, and exact search: all that a program needs that only uses codes. */
@NullMarked
package io.github.linfhash.codes;

import org.jspecify.annotations.NullMarked;
