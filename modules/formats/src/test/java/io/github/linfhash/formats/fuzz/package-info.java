/** The readers of this module as targets of a fuzzer. */
@NullMarked
package io.github.linfhash.formats.fuzz;

import org.jspecify.annotations.NullMarked;
