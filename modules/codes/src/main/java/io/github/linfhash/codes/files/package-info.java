/** Strict readers of untrusted files: NumPy arrays, JSON, and archives whose members are stored without compression. */
@NullMarked
package io.github.linfhash.codes.files;

import org.jspecify.annotations.NullMarked;
