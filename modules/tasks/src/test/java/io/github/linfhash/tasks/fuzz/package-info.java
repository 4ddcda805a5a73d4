/** Readers whose content only this module understands, as targets of a fuzzer. */
@NullMarked
package io.github.linfhash.tasks.fuzz;

import org.jspecify.annotations.NullMarked;
