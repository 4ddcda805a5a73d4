/** Sentences of a publication that can be tested, and what measured results say of them. */
@NullMarked
package io.github.linfhash.results.claims;

import org.jspecify.annotations.NullMarked;
