/** The command-line program: one class for each command. */
@NullMarked
package io.github.linfhash.cli;

import org.jspecify.annotations.NullMarked;
