/** Quantisers of vectors: codes of few bytes from which distances are estimated, and their registrations. */
@NullMarked
package io.github.linfhash.quantisers;

import org.jspecify.annotations.NullMarked;
