/** Readers of untrusted files under made-up input: what they may do with it, and the driver of a coverage-guided fuzzer. */
@NullMarked
package io.github.linfhash.testing.fuzz;

import org.jspecify.annotations.NullMarked;
