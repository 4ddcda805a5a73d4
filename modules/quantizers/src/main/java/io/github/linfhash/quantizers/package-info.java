/** Quantizers of vectors: codes of few bytes from which distances are estimated, and their registrations. */
@NullMarked
package io.github.linfhash.quantizers;

import org.jspecify.annotations.NullMarked;
