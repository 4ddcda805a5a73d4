/** Readers whose content only this module understands, as targets of a fuzzer. */
@NullMarked
package io.github.linfhash.harness.fuzz;

import org.jspecify.annotations.NullMarked;
