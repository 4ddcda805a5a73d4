/**
 * Strict readers of untrusted files: NumPy arrays, JSON, and archives whose members are stored without compression; and files that are written
 * whole, appended to and locked.
 */
@NullMarked
package io.github.linfhash.codes.files;

import org.jspecify.annotations.NullMarked;
